"""The Telegram edge: raw updates in, messages out. Nothing above it knows python-telegram-bot (PTB)."""

import os

# PTB looks this up whenever it meets a duration, and warns of its coming change unless it is set.
os.environ["PTB_TIMEDELTA"] = "1"
