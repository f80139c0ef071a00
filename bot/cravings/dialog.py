"""The path after the first card: ten minutes, how it is now, what helped, what set it off. Every step can be left."""

from dataclasses import replace

from bot import budget
from bot.content import strategies, triggers
from bot.cravings import card, due, learning, model, offers, pull
from bot.cravings.card import Asked
from bot.cravings.ending import company, groups, noted, of_group, what_helped
from bot.cravings.model import STRONG, Moment, Try
from bot.feature import LOST, Goto, Reply, Turn, row_number

TRIES = 2
"""So many things that left it strong are enough: then it is the point for company."""


async def opened(turn: Turn) -> Reply:
    """`hard…`: the card has been shown at once. Write down that there is a hard moment, and what was passed over."""
    if turn.agreed:
        asked = Asked.of(turn.press)
        moment = await model.going_on(turn.session, turn.person, turn.now)
        moment.trigger = asked.trigger or moment.trigger
        if asked.strategy:
            await model.shown(turn.session, moment, asked.strategy)
        if asked.verb == "not" and asked.strategy != offers.FIRST:
            await model.stand(turn.session, turn.person, model.REFUSED, asked.strategy)
    return Reply()


async def pressed(turn: Turn) -> Reply | Goto:
    """`moment:ten:<strategy>:<trigger>` begins ten minutes, `moment:<id>:<what>…` is about those that have begun."""
    if not turn.agreed:
        return Reply((due.alone(turn.t),))
    budget.hold(turn.person, turn.now)
    if turn.words[:1] == ("ten",):
        return await _ten(turn, *[*turn.words[1:3], "", ""][:2])
    found = await model.theirs(turn.session, turn.person, row_number(turn.words[0] if turn.words else ""))
    if found is None:
        return Goto(LOST)
    row, moment = found
    if moment.ended_at is None:
        moment.last_at = turn.now
    return await _Path(turn, row, moment).step(turn.words[1:])


async def _ten(turn: Turn, strategy_id: str, trigger: str) -> Reply | Goto:
    """Ten minutes begin. Pressed again they go on, and something else ends them."""
    strategy = strategies.get(strategy_id)
    look = await model.look(turn.session, turn.person, turn.now)
    if strategy is None or not offers.may(strategy, trigger, look.conditions):
        return Goto(f"hard:for:{trigger}" if triggers.get(trigger) else "hard")
    moment = await model.going_on(turn.session, turn.person, turn.now)
    if triggers.get(trigger):
        moment.trigger = trigger
    running = next((one for one in await model.tries(turn.session, moment) if one.running(turn.now)), None)
    if running is None or running.strategy != strategy.id:
        if running:
            running.ended_at = turn.now
        running = await _begun(turn, moment, strategy.id)
    return Reply((due.timer(running, turn.person, turn.now, turn.t),))


async def _begun(turn: Turn, moment: Moment, strategy_id: str) -> Try:
    row = Try(person_id=turn.person.id, moment_id=moment.id, strategy=strategy_id, started_at=turn.now)
    turn.session.add(row)
    await turn.session.flush()
    await due.promise(turn.session, turn.person, row)
    return row


class _Path:
    """One press about ten minutes that have begun. An old button corrects what it said."""

    def __init__(self, turn: Turn, row: Try, moment: Moment) -> None:
        self.turn = turn
        self.row = row
        self.moment = moment
        self.slot = f"moment:{row.id}"

    async def step(self, words: tuple[str, ...]) -> Reply | Goto:
        match words:
            case ("before" | "now" as when, number) if (told := pull.parsed(number)) is not None:
                return await self._told(when, told)
            case ("easier",):
                self._ends()
                self.row.eased = max(self.row.eased or 0, learning.HELPED)
                return await self._helped()
            case ("else",):
                self._ends()
                return await self._next()
            case ("helped", what):
                return await self._said_helped(what)
            case ("group", group) if group in triggers.GROUPS:
                return Reply((of_group(group, self.slot, self.turn.t),))
            case ("trigger", trigger) if trigger == "skip" or triggers.get(trigger):
                self.moment.trigger = self.moment.trigger if trigger == "skip" else trigger
                return await self._noted()
        return Goto(LOST)

    async def _told(self, when: str, told: int) -> Reply:
        """How strong it was when they began, or how it is now."""
        row, turn = self.row, self.turn
        if when == "before":
            row.pull_before = told
            if row.running(turn.now):
                return Reply((due.timer(row, turn.person, turn.now, turn.t),))
            if row.pull_after is None:
                return Reply((due.how(row, turn.person, turn.t, turn.t("moment-still")),))
        else:
            row.pull_after = told
            self._ends()
        self._learn()
        return await self._after()

    async def _after(self) -> Reply:
        """It is easier, or it is the point for company, or something else comes first."""
        row, now = self.row, self.row.pull_after or 0
        if now < STRONG and (row.pull_before is None or now < row.pull_before):
            return await self._helped()
        every = await model.tries(self.turn.session, self.moment)
        if now >= STRONG and sum((one.pull_after or 0) >= STRONG for one in every) >= TRIES:
            return Reply((await company(self.turn, self.slot),))
        return await self._next(self.turn.t("moment-not-yet", pull=pull.said(now, self.turn.person, self.turn.t)))

    async def _next(self, above: str = "") -> Reply:
        """The next card, where the question stood."""
        turn = self.turn
        await turn.session.flush()
        press = f"hard:after:{self.row.strategy}:{self.moment.trigger or ''}"
        shown = card.card(press, await turn.known(), turn.t)
        text = f"{above}\n{shown.text}" if above else shown.text
        return Reply((replace(shown, text=text, slot=self.slot),))

    async def _helped(self) -> Reply:
        every = await model.tries(self.turn.session, self.moment)
        started = [one.strategy for one in reversed(every) if one.started_at]
        return Reply((what_helped(self.row, list(dict.fromkeys(started)), self.turn.person, self.turn.t),))

    async def _said_helped(self, what: str) -> Reply | Goto:
        """Which one it was: then the others were not."""
        every = [one for one in await model.tries(self.turn.session, self.moment) if one.started_at]
        if what not in {"other", "unsaid", *(one.strategy for one in every)}:
            return Goto(LOST)
        if what != "unsaid":
            for one in every:
                one.helped = one.strategy == what
                one.eased = _eased(one)
        if self.moment.trigger is None:
            return Reply((groups(self.slot, self.turn.t),))
        return await self._noted()

    async def _noted(self) -> Reply:
        self.moment.ended_at = self.moment.ended_at or self.turn.now
        return Reply((await noted(self.turn, self.moment, self.slot),))

    def _ends(self) -> None:
        self.row.ended_at = self.row.ended_at or self.turn.now

    def _learn(self) -> None:
        self.row.eased = _eased(self.row)


def _eased(row: Try) -> int | None:
    return learning.eased(row.pull_before, row.pull_after, row.helped)
