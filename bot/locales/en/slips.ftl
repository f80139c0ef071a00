slip-phrases = slip | a slip | i slipped | slipped | i slipped up | slipped up | i used | used | i used again | i relapsed | relapsed | relapse | i had a relapse | i took some | i took it | i drank | i gave in | i messed up | already used | i already used
command-slip = It happened: what helps next

slip =
    Thank you for saying it. Nothing is erased.
    First, so that you are safe: is any of this true right now?
    Mixed with alcohol, pills or opioids. Very sleepy. Slow breath. Chest pain. Confused.
    .unsafe = Yes, one of these, or not sure
    .safe = No, none of these
slip-talk = Someone to talk to
slip-skip = Skip
slip-aid =
    After several days of alcohol or pills: don't stop suddenly on your own. A doctor can make it safer.
    What would help now?
    .do = Something to do
    .note = Note it

slip-medicine = Medicine as prescribed is not using.
slip-when = When was it?
    .now = Just now
    .today = Earlier today
    .before = Before today
    .days = Several days now
slip-which = Which one was it?
    .own = Something else…
slip-own = What was it, in a word or two? It is kept sealed.

slip-help = What would help now?
    .steps = Three steps
    .tell = Tell someone
    .what = What happened: one minute
    .note = Just note it
    .back = What else helps
slip-steps-careful =
    Three steps, with a doctor first.
    1 Don't stop suddenly on your own. Call a doctor or a clinic today.
    2 Water, something small to eat, a place to rest.
    3 Somebody with you. Shaking, a fit, seeing things: press Help now.
slip-tell =
    Nobody hears of this unless you send it yourself.
    A few words are enough: "{ $words }"
    .words = Something happened. Can you talk?
    .copy = Copy these words

slip-where = Where were you? Tap one, or write it.
    .home = At home
    .work = At work or school
    .shop = A shop or a bar
    .friends = At somebody's place
    .outside = Outside, on the way
slip-cause = What came before it? Tap one, or write it.
    .feeling = A feeling
    .body = The body
    .place = A place or people
    .thought = A thought
slip-cause-which = Which one is nearest? Your own words are fine too.
    .again = Another group
slip-thought = What went through your mind? Write it as it came. It is kept sealed.
slip-debriefed = Thank you. It is written down.
    .next = A small plan, in case this comes again?
    .plan = Make a plan for it
    .note = Note it

slip-noted = Noted. Nothing is erased by it.
    .cutting = Noted. You are cutting down, and that goes on. A day that went otherwise takes nothing away.
    .not_yet = Noted. You have set no date, and nothing is counted.
    .medicine = Noted. Medicine as prescribed is not using.
    .count = Use it as today's check-in
    .counted = It stands in the day's check-in.
slip-days = Noted. { $parts }: they stay yours.
    .one = Noted. 1 day so far, and it stays yours.
    .many = { $days } days so far
    .quarter = { $days } this quarter
    .longest = longest run { $days }
slip-date = Your start date is { $day }. You decide about it.
    .leave = Leave it
    .change = Change it
    .none = Don't count days
slip-closer = Shall I ask a bit more often for three days?
    .yes = Yes
    .morning = Only tomorrow morning
    .no = No
slip-undo = I pressed by mistake
    .medicine = It was my medicine
    .done = Taken back. Nothing of it is kept.
    .late = That was told more than a day ago, and stays as it is.
