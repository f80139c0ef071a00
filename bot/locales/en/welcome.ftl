welcome-runs = Hello. I am a program, not a person. { $operator } runs me.
welcome-runs-nobody = Hello. I am a program, not a person. This is a test copy, run by nobody named.
welcome-does = I check in each day and help in hard moments.
welcome-keeps = To do that I keep what you tell me, health included, encrypted.
welcome-reads = { $operator } and Telegram would be able to read this chat. Others see nothing.
welcome-reads-nobody = Whoever runs it, and Telegram, would be able to read this chat. Others see nothing.
welcome-erase = Nobody watches here: if a life is in danger, call 112 or 911.
welcome-agree = I am 18 or over and agree
welcome-help = I need help right now
welcome-more = Read more
welcome-about =
    I ask how you are, once a day, at your own local time.
    When it is hard you press a button, and get something to do at once.
    I keep your answers, your city's time zone and country, and a name if you like.
    All of it is encrypted. Your city itself is not kept.
    I support and remind. I don't treat, diagnose or rescue.
    No clinician has reviewed my words yet.
welcome-skip = Skip
welcome-name = What shall I call you? Write any name you like.
welcome-name-long = A short one, please: up to 40 letters.

place-ask = Which city are you in or near? Write its name. Only the time zone and the country are kept.
place-unknown = I don't know that one. A bigger city nearby? Or tell me the time on your clock.
place-clock-button = Use my clock instead
place-clock = What time is it for you now? Write it like 18:42.
place-clock-unknown = I can't place that time. Please write it like 18:42 or 6:42 pm.
place-which = Which one?
place-time = { $place }: { $time }
place-other = Another city
place-confirm = It is { $time } in { $place }. Right?
place-yes = Yes
place-no = No

home = You are set.
home-named = You are set, { $name }.
home-no-time = I don't know your local time yet, so I can't ask by myself. Send /timezone and name your city.
home-buttons = Below are three buttons that stay. They also work when you just write "hard moment".
home-phrases = menu | home | start

lost = I did not understand that. One of these?
    .menu = Menu
lost-now = Is this one now?
    .yes = Yes, now
