outage-works = I can't save right now. This works anyway.
outage-unsaved = I can't save right now. Please send it again later. Help works.
outage-aside = Something on my side failed, and I could not finish that. Please try once more.
outage-crowded = That was a lot at once. Please send me the last part again.
outage-media = The picture or the sound that belongs here did not come through this time.
