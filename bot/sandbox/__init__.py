"""A local Bot API with people in a web page: the bot to try with no token and no network."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
