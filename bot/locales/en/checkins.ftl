checkin-button = Check in
checkin-phrases = check in | checkin | check-in | how am i doing | todays note | note
command-checkin = Today's note, or change it
command-next = What comes, when, why; pause

checkin-note =
    .morning = Your morning note.
    .afternoon = Your afternoon note.
    .evening = Your evening note.
    .night = Your note for tonight.
checkin-note-plain =
    .morning = Your morning check-in.
    .afternoon = Your afternoon check-in.
    .evening = Your evening check-in.
    .night = Your check-in for tonight.
checkin-note-late = { $note } It was for { $time } and comes late.
checkin-rest = Also, from before: { $lines }
checkin-nudge = Still here, if you like. Not today is fine too.
    .open = Open
    .skip = Not today

checkin-mood = How are you right now?
    .very_low = 😞 Very low
    .low = 😕 Low
    .so_so = 😐 So-so
    .all_right = 🙂 All right
    .good = 😄 Good
checkin-mood-then = How were you?
checkin-mood-said =
    .very_low = very low
    .low = low
    .so_so = so-so
    .all_right = all right
    .good = good
checkin-pull = How strong is the pull? 0 is none, 10 the strongest.
    .none = None
    .little = A little
    .some = Some
    .strong = Strong
    .very_strong = Very strong
checkin-pull-then = How strong was the pull? 0 is none, 10 the strongest.
checkin-pull-said = pull { $pull }
checkin-words = In words
checkin-numbers = In numbers
checkin-used =
    Did you use since yesterday?
    Medicine as prescribed is not using.
    .no = No
    .yes = Yes
    .skipped = Skip
checkin-used-then =
    Did you use that day?
    Medicine as prescribed is not using.
checkin-used-said =
    .no = not used
    .yes = used
    .skipped = the rest skipped
checkin-used-kindly =
    Thank you for saying it. Nothing is erased.
    Very sleepy, slow breath, chest pain, confused? Press Help now.
    What would help?
checkin-which = Which one was it?
    .kratom_leaf = Kratom leaf
    .kratom_extract = Extract or 7-OH
    .alcohol = Alcohol
    .opioids = Opioids
    .benzodiazepines = Benzodiazepines
    .stimulants = Stimulants
    .cannabis = Cannabis
    .nicotine = Nicotine
    .other = Something else
checkin-planned = Did the day go as you planned?
    .yes = Yes
    .partly = Partly
    .no = No
    .skipped = Skip
checkin-planned-then = Did that day go as you planned?
checkin-planned-said =
    .yes = as planned
    .partly = partly as planned
    .no = not as planned
    .skipped = the rest skipped

checkin-noted = Noted: { $answers }.
checkin-skipped = Skipped. That counts for nothing, good or bad.
checkin-strong = That is strong. There is something to do right now.
checkin-change = Change an answer
checkin-halt = Is one of these in it?
    .hungry = Hungry
    .angry = Angry
    .lonely = Lonely
    .tired = Tired
    .none = None of them
checkin-halt-step =
    .hungry = Hungry. Could you eat something small now?
    .angry = Angry. A quick walk before you answer anybody?
    .lonely = Lonely. Could you write one line to somebody?
    .tired = Tired. Could the next hour be a lighter one?

checkin-plan = A small thing for tomorrow?
    .walk = Ten minutes outside
    .write = A line to a friend
    .breakfast = Breakfast, sitting down
    .bed = In bed an hour earlier
    .enjoy = One thing I enjoy
    .quiet = Ten quiet minutes
    .busy = Fill the hard hour
    .tidy = Tidy one corner
    .own = Own words…
    .none = No plan
checkin-plan-own = What is it, in a few words?
checkin-plan-long = A short one, please: up to 60 letters.
checkin-plan-taken = For tomorrow: { $plan }.
checkin-plan-none = No plan. That is fine.

checkin-support = I need support
    .asked = What would help now? Nothing goes to anyone.
    .something = Something to do
    .talk = Someone to talk to
    .numbers = Numbers

checkin-later = Later
    .when = When shall I ask again?
    .in30 = In 30 minutes
    .in60 = In 1 hour
    .in120 = In 2 hours
    .skip = Not today
    .now = Now
checkin-later-promised = I ask again at { $time }.
checkin-undo-nothing = There is no answer to take back.
checkin-then = This is about { $day }.

checkin-quiet =
    A short note.
    I write every second day for now. Nothing is lost.
    .before = As before
    .pause = Pause
checkin-last =
    A last note for now.
    I stop writing here. One tap brings it all back.
    .here = I am here
    .erase = Erase everything
checkin-back = Welcome back. There is nothing to catch up on.
checkin-date = Your date is { $day }. Is it still right?
    .yes = Yes
    .change = Change it
    .none = Don't count days
checkin-date-ask = Which day is it? Tap one, or write it like 3.3.2026.
    .ago0 = Today
    .ago1 = Yesterday
    .ago2 = 2 days ago
checkin-date-unknown = I can't read that as a day. Please write it like 3.3.2026.
checkin-date-kept = Your date is { $day }.
checkin-date-year = { $day } { $year }
checkin-date-none = I don't count days for you.

checkin-hour = When shall I ask how you are? Tap one, or write a time.
checkin-hour-unknown = I can't read that as a time. Please write it like 20:15 or 8:15 pm.
checkin-next =
    .today = Today at { $time } I ask how you are.
    .tomorrow = Tomorrow at { $time } I ask how you are.
    .later = { $when }: I ask how you are.

checkin-times-button = Times
checkin-times = I ask at { $times }.
    .set = Change { $time }
    .drop = Drop { $time }
    .add = One more time
    .days = Days
    .quiet = Quiet hours
    .used-on = Ask about using: yes
    .used-off = Ask about using: no
    .done = Done
checkin-times-none = I don't ask by myself yet.
checkin-times-days = On which days shall I ask?
checkin-times-quiet = Between which hours shall nothing come that you did not set?
checkin-quiet-hours = Quiet { $between }
    .between = { $start } to { $end }
    .never = Never quiet
    .none = No quiet hours
checkin-and = { $first } and { $last }
checkin-summary = note { $times }
    .quiet = quiet { $between }
    .awake = no quiet hours
checkin-every =
    .d1 = Every day
    .d2 = Every second day
    .d7 = Once a week
checkin-day =
    .today = Today
    .tomorrow = Tomorrow

checkin-pause = For how long? Help answers all the same.
    .day = A day
    .week = A week
    .write = Until I write
    .end = Go on now
checkin-paused = Nothing comes by itself until then: { $when }.
checkin-paused-writing = Nothing comes by itself until you write.
pause-phrases = pause | take a break

next-phrases = next | what comes next
next-now = It is { $time } for you, { $city } time.
next-noted = Today: noted.
next-line = { $when }: { $note }, { $why }
next-note =
    .morning = morning note
    .afternoon = afternoon note
    .evening = evening note
    .night = note for the night
    .later = the note you put off
next-why = because you chose { $time }
next-why-later = because you said later
next-nothing = Nothing is planned. More asks again.
next-button =
    .fewer = Fewer
    .more = More
    .pause = Pause…
    .travel = I am travelling
    .yesterday = Fill in yesterday
