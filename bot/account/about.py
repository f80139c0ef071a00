"""What this is and what it can do; and what answers somebody who sent what cannot be read, or wants to stop."""

from importlib import metadata

from bot.chat import Button, Message
from bot.content import reviews
from bot.feature import Reply, Turn


async def about(turn: Turn) -> Reply:
    """Who runs it, what it is made of, and who has not looked at it."""
    t = turn.t
    runs = t("about-runs", operator=turn.operator) if turn.operator else t("about-nobody")
    lines = [t("about-what"), runs, t("about-contact", contact=turn.contact) if turn.contact else ""]
    done, of = reviews.count()
    lines += [t("about-clinician", done=str(done), all=str(of)), t("about-cities")]
    lines += [t("about-version", version=metadata.version("windbreak"))]
    rows = ((Button(t("settings-privacy"), "privacy"), Button(t("help-button"), "help")),)
    return Reply((Message("\n".join(line for line in lines if line), rows),))


async def guide(turn: Turn) -> Reply:
    """Everything that it can do, on one screen."""
    t = turn.t
    listed = [f"/{name}: {t(f'command-{name}')}" for feature in turn.features for name in feature.listed]
    rows = (
        (Button(t("hard-button"), "hard"), Button(t("checkin-button"), "checkin")),
        (Button(t("about-menu"), "home"), Button(t("help-button"), "help")),
    )
    return Reply((Message("\n".join((t("about-guide"), *listed)), rows),))


async def unreadable(turn: Turn) -> Reply:
    """A sticker, a picture, a voice, an edit: one kind line, and a way on. An open question stays open."""
    t = turn.t
    rows = (
        (Button(t("hard-button"), "hard"), Button(t("about-menu"), "home")),
        (Button(t("help-button"), "help"),),
    )
    return Reply((Message(t("about-unreadable"), rows),))


async def cancel(turn: Turn) -> Reply:
    """Whatever was open has been closed by the command itself."""
    t = turn.t
    turn.person.awaits(None, turn.now)
    rows = ((Button(t("about-menu"), "home"), Button(t("help-button"), "help")),)
    return Reply((Message(t("about-cancelled"), rows),))


async def stop(turn: Turn) -> Reply:
    """Pause, or erase everything? Neither happens by itself."""
    t = turn.t
    rows = (
        (Button(t("erase-pause"), "checkin:pause"), Button(t("privacy-erase"), "erase")),
        (Button(t("stop-go-on"), "home"), Button(t("help-button"), "help")),
    )
    return Reply((Message(t("stop-ask"), rows),))
