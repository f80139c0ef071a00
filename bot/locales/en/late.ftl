late-lock = Here. Open when you can.
    .open = Open
late-said = This answer comes { $minutes } minutes late. I was not running.
    .one = This answer comes a minute late. I was not running.
