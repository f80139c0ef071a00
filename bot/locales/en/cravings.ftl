hard-button = Hard moment
hard-phrases = hard moment | craving | cravings | a craving | i have a craving | i have cravings | i am craving | im craving | urge | urges | an urge | i have an urge | i have urges | trigger | triggered | im triggered | i want to use | i want to drink | i need to use | want to use
hard-moment = This is a hard moment, and you pressed. { $title }.
    .other = Something else
command-trigger = A hard moment: something to do now

talk = These are people who answer. They don't need to know you, and no reason is too small.
    .do = Something to do
    .unnamed = Someone who listens
talk-line = { $name }: { $number }, { $hours }
    .short = { $name }: { $number }
talk-unchecked = We have not checked these numbers: one may have changed.
talk-anywhere = Lines in many countries: { $link }
talk-trusted = Or somebody you trust: "Can you talk?" is enough.
talk-phrases = someone to talk to | i need to talk | i need someone | talk to someone | i need support | support | i am alone | im alone | lonely
