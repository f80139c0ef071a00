account-language = English
account-back = Back

settings-noname = no name
settings-place = { $city } time, { $time }
settings-name = Name
settings-language = Language
settings-city = City
settings-privacy = Privacy
settings-discreet =
    .on = discreet
    .off = not discreet
settings-scale =
    .numbers = The pull: in numbers
    .words = The pull: in words
settings-reader =
    .on = For screen readers: on
    .off = For screen readers: off
settings-name-ask = What shall I call you? Write any name you like.
settings-name-long = A short one, please: up to 40 letters.
settings-name-none = No name
settings-language-ask = Which language shall I speak?
settings-language-set = We go on in English. The buttons below have changed too.
settings-phrases = settings | my settings | language
command-settings = Name, language, times, privacy

privacy-discreet =
    .on = Discreet: on
    .off = Discreet: off
privacy-discreet-said =
    .on = Discreet: whatever arrives by itself says nothing on a locked screen.
    .off = Not discreet: what arrives by itself may say what it is about.
privacy-tidy =
    .on = Tidy by itself: after a day
    .off = Tidy by itself: never
privacy-tidy-said =
    .on = A day after it came I delete what is personal in this chat, yours and mine.
    .off = This chat stays as it is until you tidy it.
privacy-consent = You can take your consent back at any time: that is "Erase everything". I could do nothing without it.
privacy-now = Tidy now
privacy-who = Who sees what
privacy-data = My data
privacy-move = Move to another account
privacy-erase = Erase everything
privacy-people = My people, and what each gets
privacy-stop = Stop all sharing
privacy-who-others = Nobody else sees anything but what you send to your people.
privacy-who-runs = { $operator } runs me. With the key on their server they could read what I keep, and this chat.
privacy-who-nobody = Whoever runs this copy could read what I keep, and this chat.
privacy-who-telegram = Telegram carries this chat and could read it. It is not end-to-end encrypted.

tidy-done =
    Clearing here: what is personal in the last two days, yours and mine.
    Older ones of mine, up to a month back, are blanked.
    Older ones of yours only you can delete: open the chat menu, Clear history.
tidy-blank = Cleared.
tidy-card-stays = My card stays.
tidy-card = Clear the card too
tidy-card-done = The card goes too.
tidy-phrases = hide | tidy | tidy now | clear chat
command-hide = Tidy this chat now

data-offer =
    Three files with everything I keep of you: a page to read, a table, and one for a computer.
    They stay in this chat and on your phone until you delete them. Anyone who opens them can read them.
data-get = Send them to me
data-sent = That is everything. Tidy this chat when you have saved them.
data-page = A page to read. It opens without a network.
data-table = A table.
data-json = For a computer.
data-page-title = Everything that is kept
data-page-made = Made on { $day }. Times are by the clock of { $city }.
data-page-utc = Made on { $day }. Times are in UTC, the world's common clock.
data-yes = yes
data-no = no
data-skipped = skipped
data-scale =
    .numbers = in numbers
    .words = in words
data-purpose =
    .service = that what you tell me is kept, to check in and help
    .peer = to be there for somebody who asks
data-kind =
    .card = your card
    .checkin = check-in
    .checkin_nudge = a soft word after a check-in
    .checkin_quiet = a note after quiet days
    .company = a timer that goes on
    .leaving = reminder before erasing
    .still_here = the question after ten minutes
    .plan_fresh = whether a plan is still right
    .plan_people = whom you could call
    .unused = note after a long silence
    .alert_status = how your question to your people stands
    .alert_answer = an answer of one of your people
    .alert_none = nobody has answered
    .people_accepted = somebody accepted
    .people_review = whether all of it is still right
data-standing =
    .health = health list
    .refused = left out, as you said
    .told = gone through
data-outcome =
    .waiting = not yet due
    .sending = on its way
    .sent = sent
    .expired = too late, so not sent
    .unwanted = no longer needed
    .unreachable = you could not be reached
    .unknown = perhaps sent
    .refused = could not be sent
    .held_back = left out: the day was full
    .told = told in one line with another

data-people = You
    .created_at = first came
    .language = language
    .zone = time zone
    .country = country
    .name = name
    .unreachable_since = cannot be reached since
    .heard_at = last heard from
    .paused_at = paused until you write, since
    .paused_until = paused until
    .quiet_from = quiet from
    .quiet_to = quiet to
    .goal = where you are with it
    .since = stopped since
    .discreet = discreet
    .reader = for screen readers
    .scale = words or numbers
    .tidy_hours = tidy after hours
data-addresses = Where you are reached
    .address = address
data-consents = What you agreed to
    .purpose = to what
    .version = version of the words
    .given_at = agreed on
    .withdrawn_at = taken back on
data-substances = What you are recovering from
    .name = what
    .own = in your words
data-checkins = Check-ins
    .day = day
    .mood = mood
    .pull = pull
    .used = used
    .answered_at = answered
    .slot = which of the day
    .planned = the day went as planned
    .which = which one
    .halt = hungry, angry, lonely or tired
    .plan = small plan
data-symptoms = How it felt
    .day = day
    .felt = symptoms
    .words = in your words
data-schedules = When I ask
    .at = at
    .until = until
data-slips = Slips
    .told_at = told
    .day = day
    .since = your date at that time
    .happened = when
    .which = which one
    .own = which one, in your words
    .place = where
    .where = where, in your words
    .trigger = what came before
    .cause = what came before, in your words
    .thought = the thought
    .note_day = in the check-in of
    .in_words = in your own words
    .ended_at = noted
data-plans = Small plans
    .name = plan
    .words = in your words
    .offered = times offered
    .taken = times taken
data-rhythms = How I ask
    .weekdays = days of the week
    .every = asked every so many days
    .ask_used = asked about using
    .silent = days without a word
data-travels = Travelling
    .zone = time zone at home
    .country = country at home
    .until = until
data-hard_moments = Hard moments
    .opened_at = began
    .ended_at = over
    .trigger = what set it off
data-hard_tries = What was shown in them
    .strategy = what
    .started_at = ten minutes begun
    .ended_at = ended
    .pull_before = pull before
    .pull_after = pull after
    .helped = helped, as you said
    .eased = eased by so many points
data-hard_standing = What may be offered to you
    .kind = about
    .name = what
data-outbox = What I promised to send
    .kind = what
    .due_at = for when
    .outcome = what became of it
    .settled_at = when
data-leaving = Everything is to be erased
    .erase_at = on

erase-ask =
    This is for good: everything you told me goes, and the key to it. Nobody is told.
    Left: Telegram's copy of this chat until you clear it, and what you have saved or sent yourself.
    { $backups }
erase-backups = Backups hold it sealed until { $day }, and within minutes without its key.
erase-backups-theirs = Backups of whoever runs this may hold it sealed, until they delete them.
erase-data = Send me my data first
erase-now = Erase now
erase-tomorrow = Erase tomorrow, I may change my mind
erase-pause = Pause instead
erase-keep = Keep it
erase-set = Everything will be erased on { $when }. Until then you can keep it.
erase-kept = Everything stays as it is.
erase-reminder = Something you arranged happens in a few hours. Open it to change it.
    .open = Open
erase-restored = I was set back to an earlier day. Something you arranged is off for now. Open it to decide again.
erase-receipt =
    Done. Everything that was kept for you here is gone, and the key to it.
    Left: Telegram's copy of this chat. To clear it, open the chat menu, Clear history.
    { $backups }
    Whatever you write from now on begins anew.
erase-phrases = erase everything | delete everything | delete my data | forget me

stop-ask = Pause, or erase everything? A pause keeps all of it and stops what I send.
stop-go-on = Go on as before
stop-phrases = stop | unsubscribe

unused-note = This chat has been quiet for a long time. What is kept for it is cleared on { $day }. One tap keeps it.
unused-keep = Keep it
unused-kept = It is kept.

move-how =
    To move to another account, make a code here. It works once, for 15 minutes.
    Open me in the other account and send /move with the code behind it.
    Everything goes there. This chat is then a stranger's: clear its history yourself.
move-make = Make a code
move-code = { $code }. In your other account send: /move { $code }. It works once, for 15 minutes.
move-type = Write the code that I showed you in your other account.
move-unknown = I don't know that code. It works once, for 15 minutes. Make a new one in your other account with /move.
move-not-empty =
    To bring your other account here, this one must be empty, and it has notes of its own.
    To take these notes elsewhere, send /move alone.
    To let go of them, send /forget.
move-done = You are here now, with everything. The other chat knows nothing of you any more.
move-left = This chat has been moved and is closed here. If that was not you, whoever runs this can be asked.

door =
    This place is for a group, and lets in who has a code from them. Have one? Write it here.
    Help is open to everyone.
door-wrong = That code lets nobody in. It may be used up or too old. Ask for a new one, or write it once more.
door-contact = To ask: { $contact }

about-what = I am a program that checks in each day and helps in hard moments. I support and remind. I don't treat or diagnose.
about-runs = { $operator } runs me.
about-nobody = This is a test copy, run by nobody named.
about-contact = To reach them: { $contact }
about-clinician = Reviewed by a clinician: { $done } of { $all } of my texts.
about-cities = Cities: GeoNames, geonames.org, under CC BY 4.0, shortened by us.
about-version = Version { $version }
about-guide = What I can do. You can also just write, for example: hard moment.
about-menu = Menu
about-unreadable =
    Thank you. I can only read words, and only when they are new: no pictures, stickers, voice or corrections.
    Write it to me, or tap.
about-cancelled = All right. I am not waiting for an answer any more.
command-help = What I can do
data-alert =
    .draft = not sent
    .held = about to go out
    .asking = under way
    .answered = somebody is there
    .told = nobody has answered
    .closed = ended
    .well = all is well
    .mistake = by mistake
    .quietly = by itself
data-scope =
    .alert = what you send by hand
    .all_clear = that it is over
data-peers = My people
    .name = name
    .accepted_at = accepted
    .confirmed_at = confirmed
    .muted_until = gets nothing until
    .last_sent_at = last sent
    .removed_at = removed
data-sharing = How you ask your people
    .helps = what helps you
    .wait = minutes before the next is asked
    .take_back = seconds to take it back
data-grants = What your people get
    .scope = what
    .version = version of the words
    .given_at = from
    .until = until
    .revoked_at = taken back
data-peer_invites = Invitations
    .until = open until
    .answered_at = answered
data-alerts = When you asked your people
    .state = stands at
    .only = to one person only
    .made_at = written
    .sent_at = sent
    .ended_at = ended
    .ended = how it ended
data-asks = Who was asked
    .asked_at = asked
    .passed_at = passed on
    .failed = could not be reached
    .answer = answer
    .answered_at = answered
data-talks = Talks
    .began_at = began
data-talk_lines = Lines on their way to you
    .line = words
