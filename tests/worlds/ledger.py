"""Reads what has come onto the screens, and holds it against what should have come."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.chat import Message
from bot.texts import Texts
from tests.phone import Bubble, Screen
from tests.scenes.looking import tells
from tests.worlds import chatter
from tests.worlds.crowd import Villager
from tests.worlds.lives import A_MOMENT, USEFUL, Life
from tests.worlds.village import Village

LANGUAGES = ("en", "es")
PARTS = ("morning", "afternoon", "evening", "night")


def _words(*keys: str) -> tuple[str, ...]:
    return tuple(Texts(language)(key) for language in LANGUAGES for key in keys)


NOTES = _words(*(f"checkin-note.{part}" for part in PARTS))
UNASKED = (*_words("checkin-nudge", "checkin-quiet", "checkin-last"), chatter.WORDS)
HELP = _words("help-program")
UNSAVED = _words("outage-unsaved", "outage-crowded")
LOCK = _words("late-lock")
RECEIPT = tuple(Texts(language)("erase-receipt", backups="").partition("\n")[0] for language in LANGUAGES)

A_DAY_AT_MOST = 3
ANSWER = timedelta(seconds=60)
"""What comes later than this after somebody's last word comes by itself."""

QUIET_FROM, QUIET_TO = time(22), time(8)
CANARY = re.compile(r"\bWren\d+\b")


def shown(screen: Screen) -> list[Message]:
    """Everything that has ever stood on a screen."""
    return [one for bubble in screen.bubbles for one in (*bubble.earlier, bubble.message)]


def of(messages: Sequence[Message], words: tuple[str, ...]) -> int:
    """How many of these say any of these words."""
    return sum(any(one in message.text for one in words) for message in messages)


class Ledger:
    """Goes over every screen again and again. Raises AssertionError at the first wrong that it finds."""

    def __init__(self, village: Village, villagers: Sequence[Villager]) -> None:
        self._village = village
        self._villagers = villagers
        self._read: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.wrong: list[str] = []

    def reads(self) -> None:
        """Look at all that is new."""
        for address, at in self._village.lost:
            for villager in self._villagers:
                if villager.life.address == address:
                    villager.life.unknown.append(at)
        self._village.lost.clear()
        for villager in self._villagers:
            bubbles = villager.phone.screen.bubbles
            for bubble in bubbles[self._read[villager.life.address] :]:
                self._came(villager, bubble)
            self._read[villager.life.address] = len(bubbles)

    def begins_anew(self, villager: Villager) -> None:
        """Somebody has gone through the set-up: what they were shown there answered them."""
        self._read[villager.life.address] = len(villager.phone.screen.bubbles)

    def closes(self, villager: Villager, until: datetime) -> None:
        """Every check-in that was due by then has come once, or there is a reason."""
        life = villager.life
        missed = {day: due for day, due in life.dues(life.since, until - USEFUL) if day not in life.came}
        for day, due in missed.items():
            reason = life.why_not(day, due, self._village.away)
            if not reason:
                self.wrong.append(f"{life.address} ({villager.habit}): no check-in for {day}, due {due:%d %b %H:%M}")
            self.reasons[reason] += 1
        self.reasons["came"] += len(life.came)
        for message in shown(villager.phone.screen):
            self._own_words(life, message)

    def knocks(self) -> None:
        """Nobody knocks at a door that is known to be closed: once or twice is how we hear that it is."""
        for villager in self._villagers:
            for begun, over in villager.life.blocked.found:
                end = over or self._village.clock.now()
                knocked = [
                    at
                    for address, at in self._village.phones.knocked
                    if address == villager.life.address and begun < at < end
                ]
                assert len(knocked) <= 2, f"{villager.life.address}: {knocked}"

    def _came(self, villager: Villager, bubble: Bubble) -> None:
        life, message = villager.life, (*bubble.earlier, bubble.message)[0]
        self._own_words(life, message)
        by_itself = not any(timedelta(0) <= bubble.at - at <= ANSWER for at in life.acts[-9:])
        if life.over and bubble.at > life.over + A_MOMENT and by_itself:
            late = message.text in LOCK and life.acts[-1] > life.over  # they asked for help while we slept
            assert late or message.text.startswith(RECEIPT), f"{life.address} is erased, and reads: {message.text}"
        if message.text.startswith(NOTES):
            self._check_in(life, bubble.at)
        elif message.text in UNASKED:
            self._unasked(life, bubble.at)
        elif not by_itself or message.pinned:
            return
        assert message.neutral, f"{life.address} at {bubble.at}: {message.text}"
        if villager.phone.language == "en":
            assert not tells(message) or message.text.startswith(NOTES), message.text

    def _own_words(self, life: Life, message: Message) -> None:
        labels = [button.label for row in message.rows for button in row]
        files = [message.document.text] if message.document else []
        for part in (message.text, *labels, *files):
            assert set(CANARY.findall(part)) <= {life.canary}, f"{life.address} reads another's words"

    def _check_in(self, life: Life, at: datetime) -> None:
        found = life.due_for(at)
        assert found, f"{life.address}: a check-in at {at:%d %b %H:%M} that nothing asked for"
        day, due = found
        too_late = at > due + USEFUL
        if life.asked_for(at, late=too_late or day in life.came):
            return
        assert day not in life.came, f"{life.address}: two check-ins for {day}, at {life.came[day]} and {at}"
        assert not too_late, f"{life.address}: {at - due} late"
        if at > due + A_MOMENT:
            self._village.sometimes("a check-in that came late")
        life.came[day] = at

    def _unasked(self, life: Life, at: datetime) -> None:
        local = at.astimezone(life.zone_at(at)).time()
        assert QUIET_TO <= local < QUIET_FROM, f"{life.address}: unasked at {local}"
        life.unasked.append(at)
        today = [one for one in life.unasked[-9:] if life.day_at(one) == life.day_at(at)]
        assert len(today) <= A_DAY_AT_MOST, f"{life.address}: {len(today)} unasked on one day"
        if len(today) == A_DAY_AT_MOST:
            self._village.sometimes("a day whose budget was used up")
