late-lock = Here. Open when you can.
    .open = Open
late-said = { $minutes ->
    [0] This answer comes late.
    [1] This answer comes a minute late. I was not running.
   *[other] This answer comes { $minutes } minutes late. I was not running.
}
