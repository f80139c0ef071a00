"""The ids that content, rules, rows and buttons share. They stay as they are: old rows and buttons say them."""

from typing import Literal

TriggerId = Literal[
    "stress",
    "anger",
    "loneliness",
    "boredom",
    "sadness",
    "shame",
    "anxiety",
    "celebration",
    "pain",
    "insomnia",
    "hunger",
    "fatigue",
    "withdrawal",
    "place",
    "people_who_use",
    "payday",
    "paraphernalia",
    "social_pressure",
    "kratom_seen",
    "just_once",
    "overconfidence",
    "hopeless",
    "euphoric_recall",
]
"""What sets a craving off."""

FlagId = Literal[
    "suicidal",
    "overdose",
    "seizure",
    "chest_heart",
    "dehydration",
    "liver",
    "psychosis",
    "pregnancy",
    "mixing",
    "alcohol_benzo_withdrawal",
    "tianeptine",
    "seven_oh",
    "violence",
]
"""What needs help before anything else: the red flags."""
