"""How Telegram says no."""

from typing import Any

TITLES = {
    400: "Bad Request: ",
    401: "Unauthorized",
    403: "Forbidden: ",
    404: "Not Found",
    409: "Conflict: ",
    413: "Request Entity Too Large",
    429: "Too Many Requests: ",
    500: "Internal Server Error",
    501: "Not Implemented: ",
}
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class RefusalError(Exception):
    """A call that is answered with an error. `words` come after the title that belongs to the code."""

    def __init__(self, code: int, words: str = "", *, retry_after: int | None = None) -> None:
        """`retry_after` is in seconds, for 429."""
        super().__init__(TITLES[code] + words)
        self.code = code
        self.retry_after = retry_after

    @classmethod
    def too_fast(cls, seconds: int) -> "RefusalError":
        """The 429 that asks to wait."""
        return cls(429, f"retry after {seconds}", retry_after=seconds)

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": str(self)}
        return body | ({"parameters": {"retry_after": self.retry_after}} if self.retry_after is not None else {})

    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        return {} if self.retry_after is None else {"retry-after": str(self.retry_after)}
