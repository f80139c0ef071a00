"""Answers to tapped buttons."""

from datetime import timedelta

from telegram.constants import CallbackQueryLimit

from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Toast, World

ANSWERABLE = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class AnswerCallbackQuery(Strict):
    """Parameters of answerCallbackQuery. A link to open is for games, and not known here."""

    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    cache_time: int = 0


def answer(world: World, ask: AnswerCallbackQuery) -> bool:
    """Stop the spinner on a tapped button, with a short word if there is one."""
    query = world.queries.get(ask.callback_query_id)
    if query is None or world.now() - query.at > ANSWERABLE:
        raise RefusalError(400, TOO_OLD)
    if len(ask.text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise RefusalError(400, "MESSAGE_TOO_LONG")
    query.answered = True
    if ask.text:
        world.people[query.person].toast = Toast(query=query.id, text=ask.text, alert=ask.show_alert)
    world.bell.ring()
    return True
