learn-phrases = learn | questions | answers | i have a question | i have questions | what is kratom | explain

learn = What would you like to know? Short answers, each with its sources.
learn-button = Questions and answers
learn-more = Go on reading
learn-sources = Sources
learn-sources-are = It rests on:
learn-unreviewed = No clinician has reviewed this yet.
learn-reviewed = Reviewed by { $by }.
learn-all = All questions
learn-care = Care near me
learn-care-is = Where to find care:
learn-care-finder = { $name }: { $link }
learn-care-line = By phone: { $number }
learn-care-anywhere = Lines in many countries, also for finding care: { $link }
learn-care-doctor = A family doctor or a pharmacist can be a first step too.
learn-care-unchecked = We have not checked these: something may have changed.
learn-care-another = Another country
