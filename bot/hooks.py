"""What a feature may be asked, and what it may be told: the shapes of the hooks that `Feature` has a place for."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Message
from bot.outbox import Notification
from bot.people import Known, Own, Person
from bot.texts import Texts

Urgent = Callable[[str, Known | None, Texts], Message]
"""Answers a press at once, with nothing to read or wait for. Known is None when nothing could be looked up."""

Lines = Callable[[AsyncSession, Person, datetime, Texts], Awaitable[Sequence[str]]]
"""What a feature has to say about a person, in lines."""

Listen = Callable[[str], str | None]
"""Which press free words come down to, whatever language they are in; None for words that say nothing to it."""

Hushed = Callable[[AsyncSession, Person, str, datetime], Awaitable[bool]]
"""Whether these words were asked about already, and may pass as ordinary ones now."""

Look = Callable[[AsyncSession, Person, datetime], Awaitable[Any]]
"""What a feature's urgent answers may use of a person. One indexed read: all of them share 150 ms."""

Belongings = Callable[[AsyncSession, Person, datetime, Texts], Awaitable[Sequence[Own]]]
"""What a person keeps for a hard moment, the first to show first. Read in the same 150 ms."""

Asks = Callable[[AsyncSession, Person, datetime], Awaitable[str]]
"""The press that leads to people whom a person can ask; empty for nobody. Read in the same 150 ms."""

Numbers = Callable[[AsyncSession, Person], Awaitable[Sequence[tuple[str, str]]]]
"""Whom a person can call: names and numbers, in the order in which they wrote them down."""

Settled = Callable[[AsyncSession, Notification, datetime], Awaitable[None]]
"""Hears, in the same unit of work, how a notification has ended: passed on, or not."""

Takes = Callable[[AsyncSession, Person, datetime], Awaitable[str | None]]
"""Where typed words go while something lasts that they belong to, such as a talk. One indexed read."""

Moved = Callable[[AsyncSession, Person, datetime], Awaitable[None]]
"""Hears, in the same unit of work, that a person's time zone is another one now."""

Gone = Callable[[AsyncSession, Person, datetime], Awaitable[None]]
"""Hears, in the same unit of work, that a person has shut the door, or is about to be erased."""

Unanswered = Callable[[AsyncSession, Person, datetime, datetime], Awaitable[Sequence[datetime]]]
"""When the first question of each day arrived that was put to a person after a moment and stands unanswered, oldest
first. Begun anew behind one that may not have arrived: a silence after it is not theirs."""

Away = Callable[[AsyncSession, Person], Awaitable[bool]]
"""Whether a person has said that they are elsewhere for now."""
