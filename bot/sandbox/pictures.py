"""How large a picture is, from its first bytes: Telegram tells it of every photo, and refuses what is no picture."""

from collections.abc import Iterator
from struct import unpack_from

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PNG_TYPE, JPEG_TYPE = "image/png", "image/jpeg"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG behind which its size stands."""


def mime(content: bytes) -> str:
    """The type of a picture, by its bytes and not by its name; empty for anything else."""
    if content.startswith(PNG):
        return PNG_TYPE
    return JPEG_TYPE if content.startswith(JPEG) else ""


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or a JPEG; None for anything else."""
    if content.startswith(PNG) and len(content) >= 24:
        width, height = unpack_from(">II", content, 16)
        return (width, height) if width and height else None
    return next(_frames(content), None) if content.startswith(JPEG) else None


def _frames(content: bytes) -> Iterator[tuple[int, int]]:
    """A JPEG is a row of segments, each a marker and a length that counts itself."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = unpack_from(">BH", content, at + 1)
        if marker in FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            if width and height:
                yield width, height
        at += 2 + length
