"""The webhook: where updates are sent to a bot that does not fetch them."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field
from telegram.constants import WebhookLimit

from bot.sandbox import objects
from bot.sandbox.fields import Nothing
from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Hook, Json, World

SET = "terminated by setWebhook request"


class SetWebhook(Strict):
    """Parameters of setWebhook. An empty address takes it away; kinds that are not given stay as they were."""

    url: str
    secret_token: Annotated[str, Field(pattern=rf"^[A-Za-z0-9_-]{{0,{WebhookLimit.MAX_SECRET_TOKEN_LENGTH:d}}}$")] = ""
    max_connections: Annotated[
        int, Field(ge=WebhookLimit.MIN_CONNECTIONS_LIMIT, le=WebhookLimit.MAX_CONNECTIONS_LIMIT)
    ] = 40
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool = False


class DeleteWebhook(Strict):
    """Parameters of deleteWebhook."""

    drop_pending_updates: bool = False


def set_webhook(world: World, ask: SetWebhook) -> bool:
    """From now on updates are sent there. An open poll ends with a conflict."""
    if ask.url and not _here(ask.url):
        raise RefusalError(400, "bad webhook: the sandbox calls nobody but http:// on this machine")
    if ask.allowed_updates is not None:
        world.updates.allowed = ask.allowed_updates
    world.hook = Hook(url=ask.url, secret=ask.secret_token, connections=ask.max_connections) if ask.url else None
    world.updates.interrupt(SET)
    return _drop(world, wanted=ask.drop_pending_updates)


def delete_webhook(world: World, ask: DeleteWebhook) -> bool:
    """Updates wait to be fetched again."""
    world.hook = None
    return _drop(world, wanted=ask.drop_pending_updates)


def get_webhook_info(world: World, _: Nothing) -> Json:
    """Where updates are sent, how many wait, and what went wrong last."""
    hook = world.hook
    known: Json = {"url": hook.url if hook else "", "has_custom_certificate": False}
    known["pending_update_count"] = len(world.updates.pending())
    if hook:
        known["max_connections"] = hook.connections
    if hook and hook.failed:
        known |= {"last_error_date": objects.stamp(hook.failed[0]), "last_error_message": hook.failed[1]}
    return known | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def _here(url: str) -> bool:
    """Nothing leaves this machine, so nothing needs the HTTPS that Telegram insists on, nor its four ports."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost") and parts.port != 0
    except ValueError:  # a port beyond 65535
        return False


def _drop(world: World, *, wanted: bool) -> bool:
    if wanted:
        world.updates.forget()
    world.bell.ring()
    return True
