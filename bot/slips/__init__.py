"""It happened: kind words at once, then whatever helps. Nothing is erased, nothing is counted against anybody."""

from bot.feature import Feature
from bot.slips import first

FEATURE = Feature(
    name="slips",
    urgent={"slip": first.show},
    commands={"slip": "slip", "used": "slip", "relapse": "slip"},
    listed=("slip",),
    phrases={"slip-phrases": "slip"},
)
