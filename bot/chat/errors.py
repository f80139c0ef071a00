"""How a message was not passed on."""

from datetime import timedelta


class DeliveryError(Exception):
    """A message was not, or may not have been, passed on. Carries no personal word."""


class NotTaken(DeliveryError):
    """It never reached the platform, and may simply be sent again."""


class TooFast(DeliveryError):
    """The platform asks this chat to wait."""

    def __init__(self, retry_after: timedelta) -> None:
        """`retry_after` is how long from now."""
        super().__init__(f"wait {retry_after.total_seconds():g} s")
        self.retry_after = retry_after


class Unreachable(DeliveryError):
    """This person cannot be written to until they write again: blocked, gone, never started."""


class Refused(DeliveryError):
    """The platform will never take this message."""


class NothingToEdit(Refused):
    """The message to edit is not there any more."""


class Ambiguous(DeliveryError):
    """It left, and nobody can say whether it was taken."""


class Unauthorized(DeliveryError):
    """Our own token is not accepted. Nothing more can be sent."""
