command-people = My people, and what each gets
command-helping = When somebody asks if you are there
people-phrases = my people | people | who sees what
alert-phrases = ask my people | alert my people
people-somebody = Somebody you know
people-number = Copy { $name }'s number
people-back = Back to my people
people-none = Nobody yet. You could ask one person you trust.
people-nobody-now = Nothing can go to anybody at the moment.
people-line = { $name }: gets what I send by hand, since { $since }. Last sent: { $sent }.
people-never = never
people-muted = Nothing goes there until { $day }.
people-gone-short = Can't be reached at the moment.
people-gone = { $name } can't be reached here at the moment. That can have many causes.
people-note = A short note, for when you have a moment.
    .open = Open
people-gone-then = You could have somebody else to ask, or a number on your card.
people-asleep = { $name } is not to be woken before { $time }.
people-pending = { $name } accepted: is it them?
people-ask = Ask my people
people-times = How long to wait
people-invite = Invite someone
people-no-one = I have nobody right now
people-nobody =
    Many people start there. There are people who answer without knowing you, and meetings.
    I won't keep asking.
people-lines = People who answer
people-name =
    The person you invite reads who asks. I don't know a name for you yet.
    Any name that they know will do.
    .set = Set my name
people-most = Six people are as many as I can ask for you. You could remove one first.
people-open =
    Three invitations are open, which is as many as there may be.
    They end by tomorrow, or now if you take them back.
    .withdraw = Take them all back
people-how =
    Below is a message that you can send on, wherever you like.
    The link works once, for whoever opens it first. So send it to one person only.
    You then say if it is the one you meant. Until then nothing goes to anyone.
    Whoever opens it learns that you use this program, and what it is for.
people-send-on =
    Would you be one of my people? It is a small program in Telegram.
    It writes to you only when I ask it to, to see if you can talk.
    No is a fine answer. The link works once, until tomorrow: { $link }
people-pick = It is for one person only
    .button = Pick the person
    .back = Leave it as it is
people-pick-ask =
    Press "{ $button }", and your phone shows the people you know in Telegram.
    The link then works for that account alone. Nobody hears of it.
people-picked = The link is for { $name } alone now. Whoever else opens it reads that it leads nowhere.
people-pick-not = The link stays as it was: for whoever opens it first.
people-pick-none =
    I see no other account there. The link stays as it was.
    Somebody without Telegram can stand on your card, with a number.
    .card = Put them on my card
people-accepted = Somebody has answered you.
    .open = Open
people-confirm =
    Someone who calls themselves { $name } accepted. Is this the person you meant?
    Anybody can write a name. If you are not sure, ask them somewhere else first.
    .yes = Yes, that is { $name }
    .no = No
people-confirm-picked = { $name } accepted, from the account that you picked. Is that right?
people-sees = See exactly what { $name } gets
people-exact = { $name } gets this when you press Send, word for word:
people-exact-over = And when you press "All is well": "{ $words }"
people-exact-else =
    If { $name } is there, what you two then write.
    Nothing else. { $name } can't look anything up.
people-mute = Nothing for a week
people-unmute = May get messages again
people-remove = Nobody is told. From now on nothing goes to { $name }. What { $name } already has stays there.
    .button = Remove
    .yes = Remove
    .no = Keep
people-stop =
    No one gets anything from now on, and this chat is tidied.
    Nobody is told. An open alert ends in its usual words.
    .button = Stop all sharing
    .yes = Stop it all
    .no = No
people-stopped = Done. Nothing goes to anyone, and this chat is being tidied.
people-times-said =
    No answer in { $minutes } minutes: the next one is asked.
    After Send you have { $seconds } seconds to take it back.
people-wait = { $minutes } minutes
people-seconds = { $seconds } seconds
people-question = A short question.
    .open = Open
people-review = { $names }: gets what you send by hand, and nothing else. Is this still right?
    .yes = Yes
    .change = Change
people-reviewed = Thank you. I ask again in a while.

people-review-quiet =
    { $names }: gets what you send by hand.
    { $hear }: also hears it when you have been quiet for some days.
    Nothing else goes to anyone. Is this still right?

quiet-button = When I go quiet
quiet-note =
    { $name } has not answered me for { $days } days and asked that you hear of it.
    I know nothing more; a lost phone looks the same. A plain hello is enough.
    Please don't ask what { $name } has told me.
quiet-arrange =
    If I hear nothing from you for { $days } days, { $name } reads this:
    "{ $words }"
    You are told a day before, and any word from you stops it.
quiet-state =
    .off = It is off. { $name } would be asked first.
    .waiting =
        It begins once there is a yes and { $name } can be reached here.
        Without both, nothing goes out.
    .soon = It is arranged, and begins on { $day }.
    .on = It is on for { $name }.
quiet-asked = I ask { $name } when I can, once a day at most.
quiet-days = { $days } days
quiet-ask = Ask { $name }
quiet-try = Send { $name } a TEST
quiet-off = Not any more
quiet-tested = A note marked TEST goes to { $name }, once a day at most.
quiet-line = And a note after { $days } quiet days.
    .waiting = And a note after { $days } quiet days, once one can go.
quiet-exact = If I hear nothing from you for { $days } days: "{ $words }"
    .waiting = Once it can go, if I hear nothing from you for { $days } days: "{ $words }"
quiet-warning = { $when }: something that you arranged goes out. Any word from you stops it.
    .stop = Don't send
    .what = What is it?
quiet-stopped = Nothing goes to anyone. I begin to count anew.
quiet-what =
    I had heard nothing from you for a while. Your people were to hear of it, as you arranged.
    You are here, so nothing goes to anyone.
quiet-leaving = It was just leaving as you pressed. I tell you what became of it.
quiet-told = Something that you arranged has gone out.
    .open = Open
quiet-went = This went to { $name } on { $when }.
    .unsure = This may have reached { $name } on { $when }. Telegram did not say.
quiet-went-words = "{ $words }"
quiet-nothing = Nothing has gone out of late.
quiet-well = Tell them all is well
quiet-well-said = Good. Whoever got the note hears that all is well.
quiet-offered = { $name } asks you something.
    .open = Open
quiet-offer =
    If I hear nothing from { $name } for some days: shall I tell you, in these words?
    "{ $words }"
    You need do nothing until then. No is a fine answer.
    { $name } sees only whether such a note can go, never why not.
    .yes = Yes, tell me
    .no = No, thanks
quiet-answer =
    .yes = Thank you. You may end it under /helping whenever you like, and nobody is told.
    .no = That is a fine answer. No such note comes.
quiet-arrived = A note that { $name } arranged.
    .open = Open
quiet-test = TEST.
quiet-test-said = TEST. Nothing has happened. This is how it would read:
quiet-closed = This is closed now. Nothing is needed of you.
quiet-no = No quiet notes
quiet-no-more = No notes about quiet days come to you from now on. Nobody is told.

alert-way = { $name }: ask if there
alert-asks = { $name } asks if you are there.
    .open = Open
alert-pressed = { $name } pressed the button: a hard moment.
alert-ago =
    .now = Just now
    .minutes = { $minutes } minutes ago
    .hours = { $hours } hours ago
alert-helps = What helps { $name }: "{ $words }"
alert-perfect = You need no perfect words. "I'm here, tell me" is plenty. A life in danger: the emergency number there.
alert-repeat = Again, in case the first one was lost:
alert-answer =
    .here = I'm here
    .later = In 10 minutes
    .cant = Can't now
alert-later = Thank you. { $name } knows. Press when you are there, or if it can't be after all.
alert-thanks =
    .here = Thank you. { $name } is told that you are there.
    .cant = That is all right. { $name } has other help to hand. Take good care of yourself.
alert-busy =
    Thank you. { $name } is told that you are there.
    What you write still goes to { $other }. End that talk, then press below.
alert-write = Write to { $name }
alert-once-more = { $name } is waiting for a word from you. Any word is good.
alert-over =
    .well = { $name } says all is well now. Thank you.
    .mistake = { $name } pressed by mistake. All is well. Thank you.
alert-closed = This is closed now. How are you after it?
    .well = All right
    .much = It was a lot
alert-after =
    .well = Good. Thank you for being there.
    .much = That can be a lot. You did not have to mend anything. Talk to somebody too, and rest.

alert-preview = This goes to { $name }, word for word:
alert-exact = "{ $words }"
alert-then = No answer in { $minutes } minutes: { $name } is asked.
alert-then-at-once = So { $name } is asked at once.
alert-silent = At night a silent phone won't ring. Calling may be quicker.
alert-send = Send to { $name }
alert-only = Only { $name }
alert-other = { $name } first
alert-change = Change the words
alert-not = Not now
alert-not-now = Nothing went to anyone.
alert-words = What helps you? For example: "Listen. Ask me to walk." Up to 160 letters.
alert-words-long = A little shorter, please: up to 160 letters.
alert-goes-out = Goes out at { $time }.
alert-take-back = Take it back
alert-taken-back = Taken back. Nothing has left.
alert-going = It is on its way to { $name }.
alert-passed = Passed to Telegram at { $time }. I can't see whether { $name }'s phone is on.
alert-said =
    .here = { $name } was asked at { $asked } and answered at { $time }: I'm here.
    .later = { $name } was asked at { $asked } and answered at { $time }: in 10 minutes.
    .cant = { $name } was asked at { $asked } and answered at { $time }: can't now.
alert-answered =
    .here = { $name }, { $time }: I'm here.
    .later = { $name }, { $time }: in 10 minutes.
alert-well = All is well now
alert-too = Ask { $name } too
alert-news = An answer for you.
    .open = Open
alert-nobody = Nobody has answered yet. That says nothing about you; it is { $time }.
alert-broken =
    Something of mine is broken: I can't go on asking just now.
    I keep trying. Please don't wait for it.
alert-silence = Nothing has followed yet. That says nothing about you; it is { $time }.
alert-awake = A person is awake at { $number }.
alert-awake-world = Somebody is awake somewhere: { $link }
alert-again = Ask again
alert-late = It had already gone out: you sent it at { $time }. Shall I say something?
alert-mistake = It was by mistake
alert-leave = Leave it
alert-ended =
    .well = Good. Whoever was asked hears that all is well.
    .mistake = Whoever was asked hears that it was by mistake. That happens.
    .quietly = This has ended.

chat-begun =
    What you write now goes to { $name }, until End. { $name } can write back.
    { chat-mark } on your line means: it was passed to Telegram.
chat-mark = ✍
chat-unsaid = Something you wrote could not be passed on. What was passed on has the mark { chat-mark }.
chat-long = That is too long for one message, and was not passed on. In two, it can go.
chat-to = To { $name }
chat-line = { $name }: { $words }
chat-end = End the talk
chat-ended = The talk has ended. You are writing to the program again.

peer-runs = I am a program, run by { $operator }.
peer-runs-nobody = I am a program: a test copy, run by nobody named.
peer-offer =
    { $name } asks you to be a person to reach in a hard moment. { $runs }
    You would get: a message when { $name } presses a button, one when it is over.
    If you answer, what { $name } then writes. Nothing else. You can't look anything up.
    You are not on call and not responsible for what happens.
    I keep your name here, your answers, your quiet hours.
    .yes = Yes, I will
    .no = No, thanks
    .more = Read more
peer-more =
    { $name } has added nobody to anything: only your yes does that.
    You answer if you can: "I'm here", "In 10 minutes", "Can't now". Each is fine.
    Whoever runs this, and Telegram, would be able to read this chat.
    You can step back at any time. { $name } is not told.
    A life in danger is for the emergency number, not for you.
peer-dead = This link leads nowhere any more. A new one can be made by whoever sent it.
peer-declined = That is a fine answer. Nothing about you is kept.
peer-name = Thank you. What shall I call you here? A short name that they know.
peer-name-long = A short one, please: up to 20 letters.
peer-thanks =
    Thank you. At night only phones that let this chat through will ring.
    You may step back whenever you like, and nobody is told.
peer-how = How to help, one page
peer-back = Step back
peer-how-page =
    Listen more than you speak. "I'm here, tell me" is plenty.
    Don't lecture, don't count, don't ask for promises.
    Offer one small thing: a walk, a meal, staying on the phone.
    You don't have to mend it. You may say when it is too much.
    Can't be woken, slow breath, talk of dying: the emergency number there.
    Look after yourself. Talk to somebody too; groups for families help.
helping =
    Somebody may ask you here, by a button, if you are there. You answer if you can.
    You can look nothing up, and I tell you nothing by myself but a note that you agreed to.
    You are not on call, and you may step back at any time.
peer-options = My settings
peer-for-me = I want this for myself
peer-settings = Which language shall I speak? Everything kept of you is under My data.
peer-leave =
    From now on nothing comes from anyone. What was kept of you for this goes.
    Nobody is told that you did this. They read only that you can't be reached at the moment.
    .yes = Yes, step back
    .no = Stay
peer-left =
    Done. Nothing comes any more, and what was kept of you for this is gone.
    Only the name you gave stays, in the list of whoever invited you.

peer-test =
    In a minute something arrives, in the sound that a real one has.
    Lock the phone now, if you like, and see if you notice.
    .button = Test the sound
peer-test-lock = TEST. Nothing has happened. A real one sounds like this.
    .heard = I heard it
    .not = I did not
peer-test-heard =
    Good. At night it sounds like this only if the phone lets this chat through.
    A test at night would show it, if nobody sleeps beside you.
peer-test-not =
    Three things to look at, then once more.
    This chat is not muted, and its notifications have a sound.
    The phone is not silent, and Do not disturb lets Telegram through.
    The phone does not put Telegram to sleep to save its battery.
peer-quiet = Quiet hours
peer-hours = { $start } to { $end }
peer-quiet-ask =
    When would you rather not be woken? By your own clock.
    Press, or write both times: 21:30 to 6:45.
peer-quiet-odd =
    I need two times, from and until. For example: 21:30 to 6:45.
peer-quiet-none = No quiet hours
peer-quiet-city = By which clock? Write the city you are in or near. Only its time zone is kept.
peer-quiet-city-odd = I don't know that one. Is there a bigger city nearby?
peer-quiet-clock = What does your clock show? Press that one, or write another city.
peer-night = If somebody asks for you in those hours, { $hours }, what then?
    .wake = It may wake me
    .say = Ask somebody else, and say until when I sleep
    .rest = Ask somebody else, and say nothing about it
peer-quiet-now = Your quiet hours: { $hours }.
peer-quiet-does =
    .wake = Who asks for you then may wake you.
    .say = Nothing wakes you then. Somebody else is asked at once.
    .rest = Nothing wakes you then. Somebody else is asked at once.
peer-quiet-read = Whoever asks reads: "{ $words }"
peer-quiet-change = Other hours
peer-quiet-what = What happens then
peer-most =
    How often may you be asked, by everybody together? Now: { $now }.
    What is more goes to somebody else. They read only that you can't be reached.
    A note about quiet days counts too, and waits for you.
    .button = How often at most
    .most-1-1 = Once a day
    .most-2-1 = Twice a day
    .most-2-7 = Twice a week
    .most-4-7 = Four times a week
    .any = As often as needed
