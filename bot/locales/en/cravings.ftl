hard-button = Hard moment
hard-phrases = hard moment | craving | cravings | a craving | i have a craving | i have cravings | i am craving | im craving | urge | urges | an urge | i have an urge | i have urges | trigger | triggered | im triggered | i want to use | i want to drink | i need to use | want to use
hard-moment = This is a hard moment, and you pressed. { $title }.
    .start = Start ten minutes
    .other = Something else
    .not = Not this one
    .talk = Someone to talk to
    .used = I already used
hard-own = You wrote: { $words }
    .do = Do that
hard-check = Not sure that you are safe? Tap "Am I safe?" first.
    .open = Am I safe?
command-trigger = A hard moment: something to do now

moment-until = Until { $time }. Nothing to decide before then.
    .nozone = In ten minutes I ask again. Nothing to decide before then.
    .easier = It is easier
    .other = Something else
moment-before = How strong is it right now? Only if you like.
moment-left = { $minutes } minutes to go.
    .one = One more minute.
moment-breathe =
    .in = Breathe in, and count to { $count }.
    .out = Breathe out slowly, and count to { $count }.
moment-breathe-counted = In: { $inward }. Out: { $outward }.
moment-alone =
    Ten minutes, by your own clock. Nothing to decide before then.
    I keep nothing of this, so I can't ask again. Come back whenever you like.
moment-still = Still here. How is it now?
    .repeat = Perhaps this comes twice.
moment-still-late = Still here. I meant to ask at { $time }. How is it now?
    .nozone = Still here, later than I said. How is it now?
moment-pull =
    .none = None
    .little = A little
    .some = Some
    .strong = Strong
    .very_strong = Very strong
moment-not-yet = Now: { $pull }, and you are still here. Something else, then.
moment-easier = It went from { $before } to { $after }. What helped?
    .now = Now: { $after }. What helped?
    .unsaid = Good that it is easier. What helped?
    .other = Something else
    .skip = Can't say
moment-off = What set it off? Only if you like.
    .feeling = A feeling
    .body = The body
    .place = A place or people
    .thought = A thought
    .skip = Skip
moment-noted = Noted. It may come back in waves. The button stays where it is.
    .plan = A plan for next time
    .helps = What has helped
moment-health = In a calm hour: a short health list lets me offer more.
moment-company = It is still strong. This is the point for company.
    .more = One more thing to do

health-button = Health list
health = Is one of these true for you? Then I leave out what could harm. Tap any, then Done.
    .none = None of these
    .done = Done
health-ticked = ✔ Yes: { $label }
health-thanks = Thank you. From now on I offer only what fits that.
    .change = Change it

whathelps = What has helped you so far:
    .again = Offer again: { $name }
whathelps-none = Nothing is noted yet. After ten minutes I ask what helped.
whathelps-line = { $name }: helped { $helped } of { $of } times
    .once = { $name }: tried once, and it helped
    .never = { $name }: tried once, and it did not help
whathelps-refused = Left out, because you said so. A tap brings it back:

talk = Someone to talk to
    .used = I already used
hard-own = You wrote: { $words }
    .do = Do that
hard-check = Not sure that you are safe? Tap "Am I safe?" first.
    .open = Am I safe?
command-trigger = A hard moment: something to do now

moment-until = Until { $time }. Nothing to decide before then.
    .nozone = In ten minutes I ask again. Nothing to decide before then.
    .easier = It is easier
    .other = Something else
moment-before = How strong is it right now? Only if you like.
moment-left = { $minutes } minutes to go.
    .one = One more minute.
moment-breathe =
    .in = Breathe in, and count to { $count }.
    .out = Breathe out slowly, and count to { $count }.
moment-breathe-counted = In: { $inward }. Out: { $outward }.
moment-alone =
    Ten minutes, by your own clock. Nothing to decide before then.
    I keep nothing of this, so I can't ask again. Come back whenever you like.
moment-still = Still here. How is it now?
    .repeat = Perhaps this comes twice.
moment-still-late = Still here. I meant to ask at { $time }. How is it now?
    .nozone = Still here, later than I said. How is it now?
moment-pull =
    .none = None
    .little = A little
    .some = Some
    .strong = Strong
    .very_strong = Very strong
moment-not-yet = Now: { $pull }, and you are still here. Something else, then.
moment-easier = It went from { $before } to { $after }. What helped?
    .now = Now: { $after }. What helped?
    .unsaid = Good that it is easier. What helped?
    .other = Something else
    .skip = Can't say
moment-off = What set it off? Only if you like.
    .feeling = A feeling
    .body = The body
    .place = A place or people
    .thought = A thought
    .skip = Skip
moment-noted = Noted. It may come back in waves. The button stays where it is.
    .plan = A plan for next time
    .helps = What has helped
moment-health = In a calm hour: a short health list lets me offer more.
moment-company = It is still strong. This is the point for company.
    .more = One more thing to do

health-button = Health list
health = Is one of these true for you? Then I leave out what could harm. Tap any, then Done.
    .none = None of these
    .done = Done
health-ticked = ✔ Yes: { $label }
health-thanks = Thank you. From now on I offer only what fits that.
    .change = Change it

whathelps = What has helped you so far:
    .again = Offer again: { $name }
whathelps-none = Nothing is noted yet. After ten minutes I ask what helped.
whathelps-line = { $name }: helped { $helped } of { $of } times
    .once = { $name }: tried once, and it helped
    .never = { $name }: tried once, and it did not help
whathelps-refused = Left out, because you said so. A tap brings it back:

slip =
    Thank you for saying it. Nothing is erased.
    Very sleepy, slow breath, chest pain, confused? Press Help now.
    Otherwise, one small thing first. What would help?
    .support = Someone to talk to
slip-phrases = slip | a slip | i slipped | slipped | i slipped up | slipped up | i used | used | i used again | i relapsed | relapsed | relapse | i had a relapse | i took some | i took it | i drank | i gave in | i messed up | already used | i already used
command-slip = It happened: what helps next

talk = These are people who answer. They don't need to know you, and no reason is too small.
    .do = Something to do
    .unnamed = Someone who listens
talk-line = { $name }: { $number }, { $hours }
    .short = { $name }: { $number }
talk-unchecked = We have not checked these numbers: one may have changed.
talk-anywhere = Lines in many countries: { $link }
talk-trusted = Or somebody you trust: "Can you talk?" is enough.
talk-phrases = someone to talk to | i need to talk | i need someone | talk to someone | i need support | support | i am alone | im alone | lonely
