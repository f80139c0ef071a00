"""What has helped, drawn: for each thing a dot for each time it was tried, full where it helped.

Everything in it stands in the words below it too. Light letters on a dark ground of its own, so that it reads the same
on a light and on a dark phone; filled and empty differ in form, not only in colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH = 960
"""Pixels: twice what a phone shows, so that the letters stay sharp."""

MARGIN, STEP, DOT, GAP = 48, 116, 40, 12
GROUND, LETTERS, FULL, EMPTY = "#1d2a33", "#f2f5f7", "#7fd1b9", "#5d7280"
DOTS_MOST = (WIDTH - 2 * MARGIN + GAP) // (DOT + GAP)
"""As many tries as stand in a row; of more it is their share that is drawn."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its words, how often it helped, and of how many times."""

    label: str
    helped: int
    of: int

    @property
    def dots(self) -> tuple[int, int]:
        """How many dots are full, of how many: of more tries than fit, the share."""
        of = min(self.of, DOTS_MOST)
        return round(self.helped * of / self.of), of


def drawn(title: str, rows: Sequence[Row]) -> bytes:
    """The picture as PNG: a title, and for each thing its words and a dot for each time, full where it helped."""
    image = Image.new("RGB", (WIDTH, 2 * MARGIN + STEP * len(rows) + 56), GROUND)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN - 8), title, font=font(38), fill=LETTERS)
    for number, row in enumerate(rows):
        top = MARGIN + 64 + STEP * number
        draw.text((MARGIN, top), row.label, font=font(30), fill=LETTERS)
        full, of = row.dots
        for at in range(of):
            left = MARGIN + at * (DOT + GAP)
            box = (left, top + 46, left + DOT, top + 46 + DOT)
            draw.ellipse(box, fill=FULL if at < full else None, outline=FULL if at < full else EMPTY, width=4)
    held = BytesIO()
    image.quantize(32).save(held, "PNG")
    return held.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Lato in so many pixels: what Pillow brings itself has no accents."""
    return ImageFont.truetype(BytesIO((files("font_lato") / "files" / "Lato-Regular.ttf").read_bytes()), size)
