"""What a peer reads: the same words in the preview, in *Who sees what*, and on the peer's own screen."""

from dataclasses import replace
from datetime import datetime

from bot import clock
from bot.chat import Button, Message, Rows
from bot.feature import Compose, Occasion
from bot.peers import alert
from bot.peers.alert import Alert, Ask
from bot.peers.model import cleaned
from bot.people import Person
from bot.texts import Texts

SEVERAL = 2
"""From so many on, minutes and hours are counted."""


def asks(name: str, t: Texts) -> str:
    """The first line of an alert: neutral, because it lies on a locked screen."""
    return t("alert-asks", name=name)


def pressed(name: str, helps: str, t: Texts) -> str:
    """The words behind it, with what helps if the member has said so."""
    said = t("alert-pressed", name=name)
    return f"{said} {t('alert-helps', name=name, words=helps)}" if helps else said


def name_of(person: Person, t: Texts) -> str:
    """What a member is called before their people."""
    return cleaned(person.name or "") or t("people-somebody")


def repeated(compose: Compose) -> Compose:
    """The same words, marked where they may have come before."""

    async def composed(occasion: Occasion) -> Message | None:
        message = await compose(occasion)
        if message is None or not occasion.notification.repeat or message.only_edits or message.marks:
            return message
        return replace(message, text=f"{occasion.t('alert-repeat')} {message.text}")

    return composed


def lock(member: Person, ask: Ask, t: Texts) -> Message:
    """What arrives: who asks, and nothing else."""
    rows = ((Button(t("alert-asks.open"), f"ask:{ask.id}:open"),), _help(t))
    return Message(asks(name_of(member, t), t), rows, slot=f"ask:{ask.id}", neutral=True)


def question(member: Person, row: Alert, ask: Ask, zone: str | None, now: datetime, t: Texts) -> Message:
    """The whole of it, when it is opened. `zone` is the reader's, if it is known."""
    lines = [
        f"{_since(row.sent_at or row.made_at, zone, now, t)}. {pressed(name_of(member, t), row.helps or '', t)}",
        t("alert-perfect"),
    ]
    here = Button(t("alert-answer.here"), f"ask:{ask.id}:{alert.HERE}")
    later = Button(t("alert-answer.later"), f"ask:{ask.id}:{alert.LATER}")
    cant = Button(t("alert-answer.cant"), f"ask:{ask.id}:{alert.CANT}")
    rows: Rows = ((here,), (cant,) if ask.answer == alert.LATER else (later, cant), _help(t))
    if ask.answer == alert.LATER:
        lines = [t("alert-later", name=name_of(member, t))]
    return Message("\n".join(lines), rows, slot=f"ask:{ask.id}", sensitive=True)


def thanks(member: Person, answer: str, ask: Ask, t: Texts) -> Message:
    """What a peer reads who has answered, and need do nothing more."""
    return Message(t(f"alert-thanks.{answer}", name=name_of(member, t)), (_help(t),), slot=f"ask:{ask.id}")


def busy(member: Person, other: str, ask: Ask, t: Texts) -> Message:
    """To somebody who is there, and whose words go to another for as long as they talk with them."""
    said = t("alert-busy", name=name_of(member, t), other=other)
    return Message(said, (_write(member, ask, t), _help(t)), slot=f"ask:{ask.id}", sensitive=True)


def once_more(member: Person, ask: Ask, t: Texts, *, talks: bool) -> Message:
    """To somebody who is there and has not written. `talks`: whatever they type goes there."""
    rows = (_help(t),) if talks else (_write(member, ask, t), _help(t))
    return Message(t("alert-once-more", name=name_of(member, t)), rows, neutral=True)


def ended(member: Person, how: str, ask: Ask, t: Texts) -> Message:
    """The last word, which asks nothing; of a quiet end, how the peer is."""
    if how != alert.QUIETLY:
        return Message(t(f"alert-over.{how}", name=name_of(member, t)), (_help(t),), neutral=True)
    return closed(ask.id, t)


def closed(ask_id: int, t: Texts) -> Message:
    """It is over, whatever the cause: the same for everybody who still has a button of it."""
    rows = (
        (Button(t("alert-closed.well"), f"ask:{ask_id}:well"), Button(t("alert-closed.much"), f"ask:{ask_id}:much")),
        _help(t),
    )
    return Message(t("alert-closed"), rows, slot=f"ask:{ask_id}", neutral=True)


def after(how: str, ask_id: int, t: Texts) -> Message:
    """To somebody who said how they are after it. Nothing of it is kept."""
    return Message(t(f"alert-after.{how}"), (_help(t),), slot=f"ask:{ask_id}", neutral=True)


def at(moment: datetime, reader: Person) -> str:
    """A time of day by the reader's clock."""
    return by_clock(moment, reader.zone or "UTC")


def by_clock(moment: datetime, zone: str) -> str:
    """A time of day in a zone."""
    return f"{moment.astimezone(clock.zone(zone)):%-H:%M}"


def _since(moment: datetime, zone: str | None, now: datetime, t: Texts) -> str:
    """When it was. To somebody whose clock is not known not by the member's: that would tell where the member is."""
    minutes = max(int((now - moment).total_seconds()) // 60, 0)
    if zone:
        return by_clock(moment, zone)
    if minutes < SEVERAL:
        return t("alert-ago.now")
    many = t("alert-ago.hours", hours=str(minutes // 60)) if minutes >= SEVERAL * 60 else ""
    return many or t("alert-ago.minutes", minutes=str(minutes))


def _write(member: Person, ask: Ask, t: Texts) -> tuple[Button, ...]:
    return (Button(t("alert-write", name=name_of(member, t)), f"ask:{ask.id}:write"),)


def _help(t: Texts) -> tuple[Button, ...]:
    return (Button(t("help-button"), "help"),)
