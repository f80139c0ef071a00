"""Who can I call: a name and a number, typed. Nobody is ever written to; they stand on the person's own card."""

import re

from bot.chat import Button, Message
from bot.content import helplines
from bot.feature import Reply, Turn, row_number
from bot.people import Person
from bot.plans import model
from bot.plans.frame import ask, ask_again, ask_to_delete, full, one_line, screen, short
from bot.plans.model import NAME_MOST, NUMBER_MOST, PEOPLE_AT_MOST, Contact
from bot.texts import Texts

LIST = "plan:people"
NEW = "new"

_WITH_NUMBER = re.compile(r"(?P<name>.*?[^\s,;:])[\s,;:]+(?P<number>\+?\(?\d[\d ()./-]*\d)")
_NUMBER = re.compile(r"\+?[\d ()./*#-]*\d[\d ()./*#-]*")


async def pressed(turn: Turn) -> Reply:
    """`plan:people` lists them, `add` waits for a name; `ask` is the question that comes again."""
    match turn.words[1:]:
        case ("add",):
            if len(await model.contacts(turn.session, turn.person)) >= PEOPLE_AT_MOST:
                return full(turn, LIST, PEOPLE_AT_MOST)
            return ask(turn, turn.t("plan-name-ask"), f"plan:name:{NEW}", back=LIST)
        case ("ask",):
            return Reply((await _list(turn, "plan-people-again"),))
    return Reply((await _list(turn),))


async def one(turn: Turn) -> Reply:
    """`plan:person:<id>` shows one; `name`, `number`, `bare` (no number) and `drop` change it."""
    row = await model.contact(turn.session, turn.person, row_number(turn.words[1] if turn.words[1:] else ""))
    if row is None:
        return Reply((await _list(turn),))
    here = f"plan:person:{row.id}"
    match turn.words[2:]:
        case ("name",):
            return ask(turn, turn.t("plan-name-ask"), f"plan:name:{row.id}", back=here)
        case ("number",):
            return _ask_number(turn, row)
        case ("bare",):
            row.number = None
            return Reply((_page(turn, row),), card=True)
        case ("drop",):
            return ask_to_delete(turn, row.said, f"{here}:drop:yes", here)
        case ("drop", "yes"):
            await turn.session.delete(row)
            await turn.session.flush()
            return Reply((await _list(turn),), card=True)
    return Reply((_page(turn, row),))


async def nobody(turn: Turn) -> Reply:
    """Nobody right now: that is not asked about again, and there are those who answer without knowing anybody."""
    upkeep = await model.upkeep(turn.session, turn.person)
    upkeep.nobody, upkeep.ask_at = True, None
    t = turn.t
    text = f"{t('plan-nobody')}\n{numbers(turn.person, t)}"
    return Reply((screen(t, text, ((Button(t("plan-talk"), "talk"),),)),))


async def name_typed(turn: Turn) -> Reply:
    """A name, perhaps with its number behind it: `plan:name:<id or new>`."""
    words = one_line(turn)
    both = _WITH_NUMBER.fullmatch(words)
    name, number = (both["name"], both["number"]) if both else (words, None)
    if not 0 < len(name) <= NAME_MOST:
        return ask_again(turn, name, NAME_MOST, back=LIST)
    row = await model.contact(turn.session, turn.person, row_number(turn.words[-1]))
    asks = row is None and number is None
    if row is None:
        if len(await model.contacts(turn.session, turn.person)) >= PEOPLE_AT_MOST:
            return full(turn, LIST, PEOPLE_AT_MOST)
        row = Contact(person_id=turn.person.id)
        turn.session.add(row)
        (await model.upkeep(turn.session, turn.person)).ask_at = None
    row.name, row.number = name, number[:NUMBER_MOST] if number else row.number
    await turn.session.flush()
    asked = _ask_number(turn, row) if asks else Reply((_page(turn, row, "plan-kept"),))
    return Reply(asked.messages, card=True)


async def number_typed(turn: Turn) -> Reply:
    """Somebody's number: `plan:number:<id>`."""
    row = await model.contact(turn.session, turn.person, row_number(turn.words[-1]))
    if row is None:
        return Reply((await _list(turn),))
    words = one_line(turn)
    if not _NUMBER.fullmatch(words) or len(words) > NUMBER_MOST:
        return _ask_number(turn, row, "plan-number-odd")
    row.number = words
    return Reply((_page(turn, row, "plan-kept"),), card=True)


def numbers(person: Person, t: Texts) -> str:
    """Who answers in this person's country, whoever calls."""
    country = helplines.lines(person.country)
    emergency = country.first("emergency")
    dial = emergency.dial if emergency else t("help-emergency-anywhere")
    someone = next((line for kind in helplines.SOMEONE if (line := country.first(kind))), None)
    if someone is None:
        return t("card-link", emergency=dial, link=helplines.world().lines[0].dial)
    return t("card-numbers", emergency=dial, crisis=someone.dial)


async def _list(turn: Turn, key: str = "plan-people") -> Message:
    t = turn.t
    found = await model.contacts(turn.session, turn.person)
    rows = tuple((Button(short(at, row.said), f"plan:person:{row.id}"),) for at, row in enumerate(found, 1))
    add = (Button(t("plan-people.add"), f"{LIST}:add"),)
    last = (add,) if found else ((*add, Button(t("plan-people.nobody"), "plan:nobody")),)
    return screen(t, t(key), (*rows, *last))


def _page(turn: Turn, row: Contact, above: str = "") -> Message:
    t, here = turn.t, f"plan:person:{row.id}"
    copy = ((Button(t("help-copy", number=row.number), copy=row.number),),) if row.number else ()
    rows = (
        *copy,
        (Button(t("plan-person.name"), f"{here}:name"), Button(t("plan-person.number"), f"{here}:number")),
        (Button(t("plan-delete.button"), f"{here}:drop"),),
    )
    text = f"{t(above)}\n{row.said}" if above else row.said
    return screen(t, text, rows, back=LIST)


def _ask_number(turn: Turn, row: Contact, key: str = "plan-number-ask") -> Reply:
    bare = Button(turn.t("plan-number-ask.none"), f"plan:person:{row.id}:bare")
    text = turn.t(key, name=row.name or "", most=str(NUMBER_MOST))
    return ask(turn, text, f"plan:number:{row.id}", back=LIST, rows=((bare,),))
