"""Takes bot tokens out of a text, however they are wrapped."""

import re

# A colon as it is, as an URL writes it (once or more often encoded), and as JSON or repr may write it.
_COLON = r"(?::|%(?:25)*3A|\\+u003a|\\+x3a)"

# The look-behind keeps a long row of digits from being tried from each of its places.
_SHAPED = re.compile(rf"(?<!\d)\d{{3,}}{_COLON}(?:[\w-]|%(?:25)*(?:2D|5F)){{16,}}", re.IGNORECASE | re.ASCII)

# In the path of a call whatever stands after "/bot" is the token, even one of an unusual shape. No \b: there is
# none between the "t" and a digit.
_IN_A_PATH = re.compile(rf"((?:/|%(?:25)*2F)bot)\d+{_COLON}[^/\s'\"\\?#%]+", re.IGNORECASE | re.ASCII)

HIDDEN = "<token>"


def tokens(text: str) -> str:
    """The text with everything shaped like a bot token replaced by `HIDDEN`."""
    return _SHAPED.sub(HIDDEN, _IN_A_PATH.sub(rf"\1{HIDDEN}", text))
