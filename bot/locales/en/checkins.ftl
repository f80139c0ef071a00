checkin-button = Check in
checkin-phrases = check in | checkin | check-in
command-checkin = Today's note, or change it

checkin-note =
    .morning = Your morning note.
    .afternoon = Your afternoon note.
    .evening = Your evening note.
    .night = Your note for tonight.
checkin-note-late = { $note } It was for { $time } and comes late.

checkin-mood = How are you right now?
    .very_low = 😞 Very low
    .low = 😕 Low
    .so_so = 😐 So-so
    .all_right = 🙂 All right
    .good = 😄 Good
checkin-mood-said =
    .very_low = very low
    .low = low
    .so_so = so-so
    .all_right = all right
    .good = good
checkin-pull = How strong is the pull? 0 is none, 10 the strongest.
checkin-used =
    Did you use since yesterday?
    Medicine as prescribed is not using.
    .no = No
    .yes = Yes
    .skipped = Skip
checkin-used-said =
    .no = not used
    .yes = used
    .skipped = the rest skipped

checkin-noted = Noted: { $mood }, pull { $pull }, { $used }.
checkin-strong = That is strong. There is something to do right now.
checkin-change = Change an answer
checkin-support = I need support
    .asked = What would help now? Nothing goes to anyone.
    .something = Something to do
    .numbers = Numbers

checkin-hour = When shall I ask how you are? Tap one, or write a time.
checkin-hour-unknown = I can't read that as a time. Please write it like 20:15 or 8:15 pm.
checkin-next =
    .today = Today at { $time } I ask how you are.
    .tomorrow = Tomorrow at { $time } I ask how you are.
