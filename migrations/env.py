"""Run by Alembic, on the connection and inside the transaction that `bot.schema` hands over."""

from importlib import import_module
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.store import Base, UtcDateTime

MODEL_MODULES = (
    "bot.account.model",
    "bot.checkins.model",
    "bot.cravings.model",
    "bot.encryption",
    "bot.erasures",
    "bot.inbox",
    "bot.meetings.model",
    "bot.outbox",
    "bot.peers.alert",
    "bot.peers.invite",
    "bot.peers.ledger",
    "bot.peers.limits",
    "bot.peers.model",
    "bot.peers.quiet",
    "bot.peers.talk",
    "bot.people.model",
    "bot.plans.model",
    "bot.safety.model",
    "bot.screen",
    "bot.slips.model",
    "bot.welcome.model",
    "bot.withdrawal.model",
)
"""Every module that holds tables."""


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own type as what it is in the database: a revision must still run when the program has moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


for name in MODEL_MODULES:
    import_module(name)

context.configure(
    connection=context.config.attributes["connection"],
    on_version_apply=context.config.attributes["applied"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    render_item=render_item,
)
context.run_migrations()
