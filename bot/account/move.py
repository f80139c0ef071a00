"""Moving to another account: a code made on the old one and typed on the new one takes everything along."""

from datetime import timedelta

from sqlalchemy import delete, select

from bot import inbox, people
from bot.account.model import MoveCode, hashed, looks_like_code, new_code
from bot.chat import Button, Command, Message
from bot.feature import START, Goto, Reply, Turn, leaving
from bot.inbox import Answer
from bot.people import Address, Person
from bot.screen import Shown
from bot.texts import Texts

LENGTH = 8
"""Letters. With one code open for a quarter of an hour nobody guesses these."""

VALID = timedelta(minutes=15)
SLOT = "move"


async def pressed(turn: Turn) -> Reply:
    """`move` explains, `move:code` makes a code; `/move <code>` on the new account uses it."""
    if isinstance(turn.inbound, Command) and turn.inbound.rest:
        return await _moved(turn, turn.inbound.rest)
    if not turn.agreed:
        turn.person.awaits("move:code", turn.now)
        return _said(turn.t, "move-type")
    if turn.words == ("code",):
        code = await _made(turn)
        return Reply((Message(turn.t("move-code", code=code), _rows(turn.t), slot=SLOT, sensitive=True),))
    rows = ((Button(turn.t("move-make"), "move:code"), Button(turn.t("help-button"), "help")),)
    return Reply((Message(turn.t("move-how"), rows, slot=SLOT),))


async def answered(turn: Turn) -> Reply | Goto:
    """A code that was typed. Anything else ends the question: whoever writes on has thought better of it."""
    text = getattr(turn.inbound, "text", "")
    return await _moved(turn, text) if looks_like_code(text, LENGTH) else Goto(START)


async def _made(turn: Turn) -> str:
    code = new_code(LENGTH)
    await turn.session.execute(delete(MoveCode).where(MoveCode.person_id == turn.person.id))
    blind = hashed(turn.session, "move", code)
    turn.session.add(MoveCode(person_id=turn.person.id, blind=blind, until=turn.now + VALID))
    return f"{code[:4]}-{code[4:]}"


async def _moved(turn: Turn, given: str) -> Reply:
    if turn.agreed:
        return _said(turn.t, "move-not-empty")
    query = select(MoveCode).where(MoveCode.blind == hashed(turn.session, "move", given), MoveCode.until > turn.now)
    code = (await turn.session.scalars(query)).one_or_none()
    found = await people.lock_by_id(turn.session, code.person_id) if code else None
    if code is None or found is None:
        turn.person.awaits("move:code", turn.now)
        return _said(turn.t, "move-unknown")
    person, old = found
    await turn.session.delete(code)
    await _take_over(turn, person)
    t = Texts(person.language)
    await inbox.tell(turn.session, Answer(old, t.language, (_note(t),)), turn.now)
    rows = ((Button(t("about-menu"), "home"), Button(t("help-button"), "help")),)
    return Reply((Message(t("move-done"), rows),))


async def _take_over(turn: Turn, person: Person) -> None:
    """The stranger's row goes, and the old one is reached where the stranger was. What stood on the old screen did."""
    session, address = turn.session, turn.inbound.address
    await leaving(turn.features, session, turn.person, turn.now)  # who only helped here is somebody else now
    await session.execute(delete(Shown).where(Shown.person_id == person.id))
    await session.execute(delete(Person).where(Person.id == turn.person.id))
    where = (await session.scalars(select(Address).where(Address.person_id == person.id).order_by(Address.id))).first()
    if where is None:
        raise LookupError("a person without an address")
    where.blind = people.keys(session).blind(address)
    where.address = address
    person.unreachable_since = None
    person.heard_at = turn.now
    person.awaits(None, turn.now)


def _note(t: Texts) -> Message:
    return Message(t("move-left"), ((Button(t("help-button"), "help"),),), neutral=True)


def _rows(t: Texts) -> tuple[tuple[Button, ...], ...]:
    return ((Button(t("help-button"), "help"),),)


def _said(t: Texts, key: str) -> Reply:
    return Reply((Message(t(key), _rows(t)),))
