"""What people's own words open: the card for what they name, in whichever language they think."""

from bot.content import hearing


def after_command(words: str) -> str | None:
    """`/trigger stressed at work`: the card for what is named. None where nothing is."""
    trigger = hearing.trigger(words)
    return f"hard:for:{trigger}" if trigger else None


def free_words(words: str) -> str | None:
    """Words without a command: a card if they speak of a craving now. None for anything else."""
    return (after_command(words) or "hard") if hearing.craving(words) else None
