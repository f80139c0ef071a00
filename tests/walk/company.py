"""Members with people: invited, asked, there, silent, gone; and what those people see, who are walked beside them."""

import re
from datetime import timedelta

from tests.peers.cast import known_for_a_week
from tests.phone import Someone
from tests.scenes.members import become
from tests.walk.newcomers import is_member
from tests.walk.typed import LONG_NAME
from tests.walk.walker import DAY, Walk

MINUTE = timedelta(minutes=1)
TOKEN = re.compile(r"start=(p[0-9a-f]{48})")
LONG = LONG_NAME[:20]
"""As many letters as a peer's name may have."""


async def taps(walk: Walk, who: Someone, pattern: str) -> None:
    """The newest button of somebody else's phone whose press reads so."""
    for bubble in reversed(who.screen.bubbles):
        for button in (button for row in bubble.message.rows for button in row):
            if re.fullmatch(pattern, button.press):
                return await walk.sends(f"{who.address} {pattern}", who.forged(button.press, bubble.id))
    raise AssertionError(f"no button {pattern} at {who.address}")


async def opens_link(walk: Walk, name: str) -> Someone:
    """Somebody has a link of the walker's before them."""
    await walk.presses("people:invite")
    token = TOKEN.findall(walk.person.chat)[-1]
    who = walk.world.someone(name, walk.person.language)
    await walk.sends(f"{name} opens the link", who.typed(f"/start {token}"))
    return who


async def joins(walk: Walk, name: str, calls: str) -> Someone:
    """Somebody is one of the walker's people."""
    who = await opens_link(walk, name)
    await taps(walk, who, r"peer:\d+:more")
    await taps(walk, who, r"peer:\d+:offer")
    await taps(walk, who, r"peer:\d+:yes")
    await walk.sends("a name too long", who.typed("a" * 50))
    await walk.sends("a name", who.typed(calls))
    await walk.passes(3 * timedelta(seconds=1))
    await walk.presses("people")
    await walk.taps(r"people:confirm:\d+")
    await walk.taps(r"people:confirm:\d+:yes")
    return who


async def with_people(walk: Walk) -> tuple[Someone, Someone]:
    """Two of them."""
    await is_member(walk, goal="stopped")
    ben, dee = await joins(walk, "ben", LONG), await joins(walk, "dee", "Dee")
    await walk.presses("people")
    return ben, dee


async def has_people(walk: Walk) -> None:
    """And everything that can be done about them."""
    ben, _ = await with_people(walk)
    for press in (
        "peer",
        "peer:how",
        "peer:settings",
        "peer:back",
        "peer:1:yes",
        "ask:1:open",
        "ask:1:well",
        "ask:1:much",
    ):
        await walk.sends(press, ben.forged(press))
    await walk.presses("data:files")
    await walk.presses("alert")


async def limits_are_set(walk: Walk) -> None:
    """Somebody who helps hears the sound, sets when they may be woken and how often, and is asked in those hours."""
    ben, _ = await with_people(walk)
    await walk.sends("peer:test", ben.forged("peer:test"))
    await walk.passes(2 * MINUTE)
    for press in ("peer:test:not", "peer:test:heard", "peer:most", "peer:most:1:1", "peer:most:2:7", "peer:most:any"):
        await walk.sends(press, ben.forged(press))
    await walk.sends("peer:quiet", ben.forged("peer:quiet"))
    for words in ("eight", "0:30 to 23:30", "Nowhereville-on-Sea", "Springfield"):
        await walk.sends(words, ben.typed(words))
    for press in ("in:Europe/Lisbon", "night:wake", "night", "night:rest", "night:say"):
        await walk.sends(press, ben.forged(f"peer:quiet:{press}"))
    await walk.sends("their data", ben.forged("data:files"))
    await walk.presses("plan:people:add")
    await walk.says(f"{LONG_NAME} 600 100 200")
    await walk.presses("help")
    await walk.presses("people")
    await walk.presses("alert")
    await walk.presses("alert:ask:1")
    await walk.sends("peer:back", ben.forged("peer:back"))
    await ben.blocks()
    await walk.passes(DAY)
    await walk.presses("people:gone")


async def invites(walk: Walk) -> None:
    """A link that is opened, refused, dead; three that stand open; six people; and no name to invite by."""
    await is_member(walk, goal="stopped", name=None)
    await walk.presses("people:invite")
    await walk.says("/alert")
    await is_named(walk)
    ben = await opens_link(walk, "ben")
    await taps(walk, ben, r"peer:\d+:no")
    await walk.sends("again", ben.typed(f"/start p{'0' * 48}"))
    await picks(walk, "", "Granny")
    await picks(walk, ben.address, "Ben")
    token = TOKEN.findall(walk.person.chat)[-1]
    await walk.sends("the link for ben alone", ben.typed(f"/start {token}"))
    await taps(walk, ben, r"peer:\d+:yes")
    await walk.passes(3 * timedelta(seconds=1))
    await walk.taps(r"people:confirm:\d+")
    for _ in range(4):
        await walk.presses("people:invite")
    await walk.presses("data:files")


async def picks(walk: Walk, who: str, name: str) -> None:
    """Somebody on the phone's list, for a new link."""
    await walk.presses("people:invite")
    await walk.taps(r"people:pick:\d+")
    await walk.sends("somebody", walk.person.contact(who, name))


async def is_named(walk: Walk) -> None:
    await walk.presses("settings:name")
    await walk.says("Ana")


async def has_six(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    for number in range(6):
        await joins(walk, f"peer{number}", f"Peer {number}")
    await walk.presses("people:invite")
    await walk.presses("people")


async def asks(walk: Walk) -> tuple[Someone, Someone]:
    """The first of them has the question."""
    ben, dee = await with_people(walk)
    await walk.presses("alert")
    await walk.taps(r"alert:\d+:send")
    await walk.passes(MINUTE)
    return ben, dee


async def asked_and_nobody_answers(walk: Walk) -> None:
    """Until its sender is told, and until it is over by itself."""
    await asks(walk)
    await walk.taps(r"alert:\d+:well")
    await walk.presses("alert")
    await walk.taps(r"alert:\d+:send")
    await walk.taps(r"alert:\d+:back")
    await walk.taps(r"alert:\d+:send")
    back = walk.person.forged(next(p for p in presses(walk.person) if p.endswith(":back")), walk.standing[-1].bubble)
    await walk.passes(12 * MINUTE)
    await walk.sends("too late", back)
    await walk.taps(r"alert:\d+:mistake")


def presses(who: Someone) -> list[str]:
    """What the buttons on a phone do, newest message first."""
    return [button.press for bubble in reversed(who.screen.bubbles) for row in bubble.message.rows for button in row]


async def told_and_asks_again(walk: Walk) -> None:
    """Also where no line is known that is always awake."""
    await asks(walk)
    await walk.passes(12 * MINUTE)
    await walk.passes(4 * 60 * MINUTE)
    await walk.taps(r"alert:\d+:well")
    await become(walk.world, walk.person, country=None)
    await walk.presses("alert")
    await walk.taps(r"alert:\d+:send")
    await walk.passes(12 * MINUTE)


async def somebody_is_there(walk: Walk) -> None:
    """An answer, a talk, its end, and that all is well."""
    ben, dee = await asks(walk)
    await taps(walk, ben, r"ask:\d+:open")
    await taps(walk, ben, r"ask:\d+:later")
    await walk.taps(r"alert:\d+:said:open")
    await taps(walk, ben, r"ask:\d+:here")
    await walk.taps(r"alert:\d+:said:open")
    await walk.says("Hello")
    await walk.sends("a line back", ben.typed("Shall we walk?"))
    await walk.presses("line:end")
    await walk.taps(r"alert:\d+:next:\d+")
    await walk.passes(MINUTE)
    await taps(walk, dee, r"ask:\d+:open")
    await taps(walk, dee, r"ask:\d+:cant")
    await walk.presses("alert")
    await walk.taps(r"alert:\d+:well")
    await walk.passes(MINUTE)
    await walk.presses("data:files")


async def somebody_is_there_and_silent(walk: Walk) -> None:
    """Asked once more; then the next one; then told; and closed by itself."""
    ben, dee = await asks(walk)
    dee.screen.blocked = True
    await taps(walk, ben, r"ask:\d+:open")
    await taps(walk, ben, r"ask:\d+:here")
    await walk.passes(12 * MINUTE)
    await walk.presses("people")
    await walk.passes(4 * 60 * MINUTE)
    await walk.says("/alert")


async def a_mistake(walk: Walk) -> None:
    """Somebody is asked by mistake, by a member who has taken back their name, and hears so."""
    await with_people(walk)
    await walk.presses("settings:noname")
    await walk.presses("alert")
    await walk.taps(r"alert:\d+:send")
    back = walk.person.forged(next(press for press in presses(walk.person) if press.endswith(":back")))
    await walk.passes(MINUTE)
    await walk.sends("too late", back)
    await walk.taps(r"alert:\d+:mistake")
    await walk.passes(MINUTE)


async def invites_for_nobody(walk: Walk) -> None:
    """Where whoever runs it has not said who they are."""
    await is_member(walk, goal="stopped")
    await opens_link(walk, "ben")


async def nothing_for_anybody(walk: Walk) -> None:
    """Everybody muted behind a draft, and somebody who has stepped back."""
    ben, _ = await with_people(walk)
    await walk.sends("steps back", ben.forged("peer:back:yes"))
    await walk.presses("people")
    await walk.presses("alert:ask:1")
    row = next(press for press in presses(walk.person) if press.endswith(":words"))
    await walk.presses("people:mute:1")
    await walk.presses("people:mute:2")
    await walk.presses("people")
    await walk.presses(row.replace(":words", ":show"))


async def reviewed(walk: Walk) -> None:
    """Is this still right?"""
    await with_people(walk)
    await walk.passes(3 * DAY + MINUTE)
    await walk.presses("sharing:open")
    await walk.presses("sharing:right")
    await walk.presses("people:stopped")
    await walk.presses("sharing:open")


async def agrees(walk: Walk) -> Someone:
    """Ben may hear of it when the walker goes quiet, after a no that was thought over."""
    ben, _ = await with_people(walk)
    await walk.presses("quiet:1")
    await walk.presses("quiet:1:ask")
    await walk.passes(MINUTE)
    await taps(walk, ben, r"note:\d+:ask")
    yes = ben.forged(next(press for press in presses(ben) if press.endswith(":yes")))
    await taps(walk, ben, r"note:\d+:no")
    await walk.presses("people")
    await walk.presses("people:sees:1")
    await walk.sends("yes after all", yes)
    await walk.presses("quiet:1:days:2")
    return ben


async def arranges_a_note(walk: Walk) -> None:
    """Everything about it but the note itself."""
    ben = await agrees(walk)
    await known_for_a_week(walk.world)
    await walk.presses("quiet:1:test")
    await taps(walk, ben, r"note:\d+:open")
    for press in ("people:sees:1", "sharing:open", "quiet:gone", "quiet:stop", "quiet:what", "people", "quiet:1"):
        await walk.presses(press)
    await walk.sends("a note of nobody's", ben.forged("note:1:open"))


async def goes_quiet(walk: Walk) -> None:
    """A warning, a note, and somebody who is back and says so."""
    ben = await agrees(walk)
    await known_for_a_week(walk.world)
    await walk.presses("home")
    await walk.passes(3 * DAY)
    await taps(walk, ben, r"note:\d+:open")
    await walk.presses("quiet:gone")
    await walk.presses("quiet:well")
    await walk.passes(MINUTE)
    await walk.sends("no more of them", ben.forged("note:stop"))
    await walk.presses("people")
    await walk.presses("data:files")
