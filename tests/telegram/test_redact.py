"""No token gets through, whatever it is wrapped in."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import redact
from tests.telegram.wire import SECRET, TOKEN

WRAPPINGS = {
    "alone": TOKEN,
    "in a URL": f"POST https://api.telegram.org/bot{TOKEN}/getMe",
    "in the URL of a file": f"https://api.telegram.org/file/bot{TOKEN}/voice/1.oga",
    "at the end of a URL": f"/bot{TOKEN}",
    "encoded": f"next={quote(f'/bot{TOKEN}/x', safe='')}",
    "encoded twice": quote(quote(TOKEN, safe=""), safe=""),
    "encoded whole": TOKEN.replace(":", "%3a").replace("_", "%5F").replace("-", "%2d"),
    "repr": repr({"token": TOKEN}),
    "repr of bytes": repr(TOKEN.encode()),
    "JSON": json.dumps({"url": f"/bot{TOKEN}/"}),
    "JSON with every mark escaped": json.dumps(TOKEN).replace(":", "\\u003A"),
    "JSON in JSON": json.dumps(json.dumps({"a": TOKEN.replace(":", "\\u003a")})),
    "next to a letter": f"bot{TOKEN}",
    "between words": f"rejected `{TOKEN}` by the server",
    "twice": f"{TOKEN} {TOKEN}",
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_token_is_taken_out(wrapping: str) -> None:
    line = redact.tokens(WRAPPINGS[wrapping])
    assert redact.HIDDEN in line
    assert SECRET[:16] not in line
    assert "made-up" not in line


def test_a_token_of_an_unusual_shape_is_taken_out_of_a_path() -> None:
    assert redact.tokens("http://127.0.0.1:8081/bot12:short.~/getMe?x=1") == (
        f"http://127.0.0.1:8081/bot{redact.HIDDEN}/getMe?x=1"
    )


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-01T09:00:00Z INFO bot.inbox Two updates. action=inbox_taken id=42",
        "OSError at bot.inbox:421",
        "http://127.0.0.1:8081/phones",
        "telegram:123456789012",
        "meetings:next_1234567890123456789",
    ],
)
def test_everything_else_stays(line: str) -> None:
    assert redact.tokens(line) == line


@given(
    st.integers(100, 10**12),
    st.text("ABCXYZabcxyz0189_-", min_size=30, max_size=50),
    st.sampled_from(["%s", "/bot%s/x", "'%s'", '"%s"', "(%s)", "<%s>", "bot%s", "=%s&", "%%2Fbot%s%%2F"]),
    st.text(max_size=10),
)
def test_any_token_is_taken_out_in_any_company(bot: int, secret: str, around: str, before: str) -> None:
    assert secret not in redact.tokens(before + around % f"{bot}:{secret}")


def test_a_long_line_of_digits_takes_no_time() -> None:
    """With a pattern tried from each digit anew this would take minutes."""
    line = "7" * 500_000
    assert redact.tokens(line) == line
