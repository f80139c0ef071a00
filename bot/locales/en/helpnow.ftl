help-button = Help now
help-phrases = help now | help | help me | panic | sos | emergency
command-helpnow = Numbers and people, right now

help-numbers = { $country }. We have not checked these numbers: some may have changed.
help-numbers-dated = { $country }. Behind each number: when we checked it.
help-checked = checked { $month }
help-unchecked = unchecked
help-check-again = check this number
help-danger = Danger, or someone can't be woken: { $number }
help-crisis = Thoughts of ending your life, or too much to carry: { $number }, { $hours }
help-kind-poison = Taken too much, or not sure: { $number }
help-kind-drug = Drugs or drink: { $number }
help-kind-text = By text: { $number }
help-kind-violence = Someone frightens or hurts you: { $number }
help-kind-youth = For the young: { $number }
help-kind-family = For families: { $number }
help-kind-warm = To be listened to: { $number }
help-program = I am a program. Nobody reads this as it comes in.
help-find = Someone to talk to, in many countries: { $link }
help-emergency-anywhere = 112 or 911

help-unwakeable = Someone can't be woken
help-copy = Copy { $number }
help-people = My people
help-craving = It is a craving
help-go-back = Back to where I was
help-another = Another country
help-more = More countries
help-took = It is me, I took too much
help-awake = Awake again: what now

help-anywhere = 112 or 911 works in many countries. Choose yours:
help-choose = Which country are you in?

hours-always = day and night
hours-office = in office hours
hours-limited = some hours of the day
hours-unknown = hours not known
