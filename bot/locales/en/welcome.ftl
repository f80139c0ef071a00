language-name = English

welcome-runs = Hello. I am a program, not a person. { $operator } runs me.
welcome-runs-nobody = Hello. I am a program, not a person. This is a test copy, run by nobody named.
welcome-does = I check in each day, help in hard moments, and reach people you choose.
welcome-keeps = To do that I keep what you tell me, health included, encrypted.
welcome-reads = { $operator } and Telegram would be able to read this chat. Others see nothing unless you choose it.
welcome-reads-nobody = Whoever runs it, and Telegram, would be able to read this chat. Others see nothing unless you choose it.
welcome-erase = You can erase it all. Nobody watches here: if a life is in danger, call { $emergency }.
welcome-agree = I am 18 or over and agree
welcome-help = I need help right now
welcome-more = Read more
welcome-minor = I am under 18
welcome-other = I am here for someone else
welcome-back = Back
welcome-country = Numbers in my country
welcome-about =
    I ask how you are, once a day, at your own local time.
    When it is hard you press a button, and get something to do at once.
    I keep your answers, your city's time zone and country, and a name if you like.
    All of it is encrypted. Your city itself is not kept.
    I support and remind. I don't treat, diagnose or rescue.
    Reviewed by a clinician: { $done } of { $all } of my texts.
welcome-young =
    I am made for adults and keep nothing about you.
    You did right to look. These are people for you:
    Danger, or someone hurts you: call { $emergency }.
    Lines for the young: { $lines }
    A parent, a teacher, a doctor: one adult you trust can be enough.
    .do = Something to do now
welcome-family =
    You can help by listening, and by staying calm. It is not your fault.
    Say what you see, without blame. Ask: "What would help now?"
    Offer one small thing: a walk, a meal, a lift to a doctor.
    Don't push anyone to stop alcohol or pills suddenly. A doctor first.
    Can't be woken, slow breath, a fit, talk of dying: call { $emergency }.
    Lines for families too: { $lines }. Groups: Al-Anon, Nar-Anon, SMART Family.
    I can't tell you anything about another person.

remember = That worked without an account. Shall I remember you?
remember-yes = Yes, remember me
remember-no = No, keep nothing
remember-left = Nothing is kept. Help is here whenever you write.

welcome-skip = Skip
welcome-next = Next
welcome-rest = Do the rest for me
welcome-what = What are you recovering from? Tap any, then Next.
    .button = What I count
    .kratom_leaf = Kratom leaf
    .kratom_extract = Extract or 7-OH
    .alcohol = Alcohol
    .opioids = Opioids
    .benzodiazepines = Benzodiazepines
    .stimulants = Stimulants
    .cannabis = Cannabis
    .nicotine = Nicotine
    .other = Other…
    .chosen = ✓ { $what }
welcome-own = What is it, in your own words? They are kept sealed.
welcome-own-long = A few words, please: up to 60 letters.
welcome-goal = Where are you with it?
    .stopped = I have stopped
    .cutting = Cutting down
    .not_yet = Not stopped yet
    .medicine = On medicine for it
welcome-since = Since when?
    .today = Today
    .yesterday = Yesterday
    .few = 2 or 3 days
    .earlier = Earlier…
welcome-earlier = Since about when? Write a date, or something like "3 weeks".
welcome-earlier-unknown = I can't read that as a day. Please write it like 3 March, or "3 weeks".
welcome-earlier-which = Which day do you mean?
    .other = Another day
since-day-phrases = day | days | d
since-week-phrases = week | weeks | w
since-month-phrases = month | months
since-year-phrases = year | years
since-numbers = one, a, an | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve
date-pattern = d MMMM y
day-pattern = EEE d MMM
weekday-pattern = EEEE

danger-signs = I have signs like these
danger-doctor = A doctor knows
danger-well = I am all right
danger-today = What helps today
danger-see-doctor = Signs that need a doctor
danger-go-on = Go on

welcome-hour = When shall I ask how you are? Tap one, or write a time.
welcome-name = What shall I call you? Write any name you like.
welcome-name-long = A short one, please: up to 40 letters.

place-ask = Which city are you in or near? Write its name. Only the time zone and the country are kept.
place-unknown = I don't know that one. A bigger city nearby? Or one of these:
place-share = Share location once
place-share-ask = Tap "{ $button }" below. I keep the time zone and the country, nothing else.
place-share-button = Send my location
place-share-back = Write the city instead
place-share-done = Thank you. Your three buttons are back below.
place-nowhere = I know no city near there. Please write one, or choose your country.
place-country = Choose country
place-country-which = Which country are you in? You can also write its name.
    .more = More
    .earlier = Earlier ones
place-clock-button = Use my clock instead
place-clock = What time is it for you now? Write it like 18:42.
place-clock-unknown = I can't place that time. Please write it like 18:42 or 6:42 pm.
place-which = Which one?
place-time = { $time } · { $place }
place-other = Another city
place-confirm = It is { $time } in { $place }. Right?
place-yes = Yes
place-no = No

travel-ask = Which city are you travelling to? Write its name.
travel-not-now = Not now
travel-until = It is { $time } there. Until when?
    .sunday = { $day }
    .pick = Pick a day
    .good = For good
travel-pick = Until which day, that one included?
travel-set = From now on { $city } time counts: { $time }. Until { $day }. Numbers now: { $country }.
travel-set-for-good = From now on { $city } time counts: { $time }. Numbers now: { $country }.
travel-home = You are back. It is { $time } for you.
travel-standing = You are travelling until { $day }. It is { $time } for you.
    .home = I am home again
    .city = Another city

card =
    My card
    For when I can't answer: no network, or my server is down.
card-numbers = { $emergency } danger · { $crisis } someone to talk to
card-link = { $emergency } danger · someone to talk to: { $link }
card-steps = 1 Move away from it. 2 Breathe in 4, out 6, ten times. 3 Water, something small to eat.

home = You are set.
home-named = You are set, { $name }.
home-no-time = I don't know your local time yet, so I can't ask by myself. Send /timezone and name your city.
home-more = Anything more I offer first.
home-buttons = Below are three buttons that stay. They also work when you just write "hard moment".
home-people = My people
home-next = What comes next
home-settings = Settings
home-phrases = menu | home | start

lost = I did not understand that. One of these?
    .menu = Menu
lost-now = Is this one now?
    .yes = Yes, now
