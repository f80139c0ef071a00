"""What has helped, in words and drawn."""

from io import BytesIO

from PIL import Image

from bot.cravings import picture
from bot.cravings.learning import Outcome
from bot.cravings.picture import DOTS_MOST, EMPTY, FULL, GROUND, LETTERS, Row
from bot.cravings.whathelps import counted
from tests.phone import Someone
from tests.scenes.members import become
from tests.scenes.test_hard_moment import title
from tests.scenes.test_ten_minutes import TEN, begins
from tests.world import World, is_set


def colours(content: bytes) -> dict[tuple[int, ...], int]:
    """How many pixels have each colour."""
    image = Image.open(BytesIO(content)).convert("RGB")
    return {colour: number for number, colour in image.getcolors(1 << 20) or [] if isinstance(colour, tuple)}


def near(colour: str, found: dict[tuple[int, ...], int]) -> int:
    """How many pixels look like this one: a picture of few colours has them a little off."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    return sum(
        number for one, number in found.items() if all(abs(a - b) < 12 for a, b in zip(one, wanted, strict=True))
    )


def light(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    channels = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_counts_are_plain_and_the_most_helpful_comes_first() -> None:
    outcomes = [Outcome("stress", "call", eased) for eased in (4, 3, 0, 2, -1, 5, 0, 2)]
    outcomes += [Outcome("", "steady", 0), Outcome("anger", "stop", 3)]
    found = [(one.strategy.id, one.helped, one.of) for one in counted(outcomes)]
    assert sorted(found) == [("call", 5, 8), ("steady", 0, 1), ("stop", 1, 1)]
    assert found[-1][0] == "steady"


def test_the_picture_has_a_full_dot_for_each_time_it_helped() -> None:
    def full(helped: int, of: int) -> int:
        return near(FULL, colours(picture.drawn("What has helped", [Row("Ride the wave", helped, of)])))

    assert full(0, 8) == 0
    assert full(6, 8) > 1.8 * full(3, 8) > 0
    assert Row("", 30, 40).dots == (round(30 * DOTS_MOST / 40), DOTS_MOST)


def test_the_picture_can_be_read_on_a_light_and_on_a_dark_phone() -> None:
    found = colours(picture.drawn("Lo que te ha ayudado", [Row("Respira despacio: ayudó 5 de 8 veces", 5, 8)]))
    assert near(GROUND, found) > sum(found.values()) / 2, "it brings its own ground"
    assert near(LETTERS, found) > 0
    for colour in (LETTERS, FULL):
        assert (light(colour) + 0.05) / (light(GROUND) + 0.05) > 7
    assert (light(EMPTY) + 0.05) / (light(GROUND) + 0.05) > 2.5


def test_accents_are_drawn_as_letters_and_not_as_boxes() -> None:
    letters = picture.font(30)
    box = bytes(letters.getmask("\uffff"))
    assert all(bytes(letters.getmask(letter)) != box for letter in "áéíóúüñÁÉÍÓÚÑ¿«»")


async def test_it_is_said_and_drawn_and_for_a_phone_that_is_read_aloud_only_said(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/whathelps")
    assert ana.sees == "Nothing is noted yet. After ten minutes I ask what helped."
    await begins(world, ana)
    await ana.presses("8")
    await world.wait(TEN)
    await ana.presses("3")
    await ana.presses(title("steady"))
    for reader in (False, True):
        await become(world, ana, reader=reader)
        await ana.says("/whathelps")
        message = ana.screen.bubbles[-1].message
        assert message.text.splitlines()[1] == f"{title('steady')}: tried once, and it helped"
        assert (message.media is None) == reader
        assert "Help now" in ana.buttons
        assert message.sensitive


async def test_where_nothing_has_helped_yet_it_does_not_say_so(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    await ana.presses("8")
    await world.wait(TEN)
    await ana.presses("8")
    await ana.says("/whathelps")
    assert ana.sees == f"What you have tried so far:\n{title('steady')}: tried once, no help that time"
