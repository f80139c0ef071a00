hard-button = Hard moment
hard-phrases = hard moment | craving | cravings | urge | urges | trigger | triggered | i want to use
hard-moment = This is a hard moment, and you pressed. { $title }.
    .other = Something else
command-trigger = A hard moment: something to do now
