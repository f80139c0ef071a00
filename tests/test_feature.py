"""How what people do finds its handler, and how features that do not fit together are refused."""

from typing import Any

import pytest

from bot.app import FEATURES
from bot.chat import Attachment, Command, Inbound, Message, Press, Text, Unreadable
from bot.feature import Feature, Handler, Reply, Turn, head
from bot.people import Known
from bot.routes import Clash, Routes
from bot.texts import Texts

ANA: dict[str, Any] = {"address": "phone:ana"}


async def nothing(turn: Turn) -> Reply:
    return Reply()


async def nothing_else(turn: Turn) -> Reply:
    return Reply()


def help_at_once(press: str, known: Known | None, t: Texts) -> Message:
    return Message("help")


@pytest.fixture(scope="module")
def routes() -> Routes:
    return Routes(FEATURES)


@pytest.mark.parametrize(
    ("inbound", "press"),
    [
        (Press(data="checkin:42:mood:low", **ANA), "checkin:42:mood:low"),
        (Press(data="nothing of ours", **ANA), "nothing of ours"),
        (Command(name="checkin", **ANA), "checkin"),
        (Command(name="trigger", rest="stressed at work", **ANA), "hard:for:stress"),
        (Command(name="panic", **ANA), "help"),
        (Command(name="nothing", **ANA), None),
        (Text(text="Help now", **ANA), "help"),
        (Text(text="  HELP   now!! ", **ANA), "help"),
        (Text(text="🆘 help now", **ANA), "help"),
        (Text(text="Hard moment", **ANA), "hard"),
        (Text(text="Check in", **ANA), "checkin"),
        (Text(text="check-in", **ANA), "checkin"),
        (Text(text="urge", **ANA), "hard"),
        (Text(text="I have an urge to sing", **ANA), None),
        (Text(text="helpful", **ANA), None),
        (Text(text="", **ANA), None),
        (Unreadable(**ANA), "unreadable"),
        (Attachment(kind="voice", file="a", **ANA), "unreadable"),
        (Attachment(kind="photo", file="a", caption="help now", **ANA), "unreadable"),
    ],
    ids=str,
)
def test_whatever_somebody_does_comes_down_to_a_press(inbound: Inbound, press: str | None, routes: Routes) -> None:
    assert routes.press(inbound) == press


def test_free_words_are_no_button(routes: Routes) -> None:
    assert routes.button(Text(text="help now", **ANA)) == "help"
    assert routes.button(Text(text="help", **ANA)) is None
    assert routes.button(Command(name="sos", **ANA)) == "help"
    assert routes.button(Press(data="help:list:0", **ANA)) == "help:list:0"


def test_only_help_in_its_four_kinds_is_urgent(routes: Routes) -> None:
    assert set(routes.urgent) == {"help", "hard", "talk", "slip", "flag"}
    assert routes.urgent_for("help:in:PT") is routes.urgent_for("help")
    assert routes.urgent_for("helpful") is None
    assert routes.urgent_for("") is None
    assert routes.urgent_for(None) is None


def test_every_command_and_word_leads_somewhere(routes: Routes) -> None:
    declared = (
        [one.commands for one in FEATURES] + [one.buttons for one in FEATURES] + [one.phrases for one in FEATURES]
    )
    for press in (press for words in declared for press in words.values()):
        assert routes.handler(press) or routes.urgent_for(press), press


def test_the_head_of_a_press_says_whose_it_is() -> None:
    assert [head(press) for press in ("checkin:42:mood", "checkin", "", ":x")] == ["checkin", "checkin", "", ""]


@pytest.mark.parametrize(
    "both",
    [
        {"presses": {"x": nothing}},
        {"urgent": {"x": help_at_once}},
        {"commands": {"x": "x"}},
        {"answers": {"x": nothing}},
        {"kinds": {"x": None}},
        {"buttons": {"help-button": "help"}},
        {"phrases": {"help-phrases": "help"}},
    ],
    ids=lambda both: next(iter(both)),
)
def test_two_features_that_claim_one_word_are_refused(both: dict[str, Any]) -> None:
    with pytest.raises(Clash):
        Routes([Feature(name="one", **both), Feature(name="other", **both)])


def test_a_press_and_its_urgent_answer_may_belong_together() -> None:
    handler: Handler = nothing
    routes = Routes(
        [
            Feature(name="one", presses={"x": handler}, urgent={"x": help_at_once}),
            Feature(name="other", presses={"y": nothing_else}),
        ]
    )
    assert routes.handler("x:1") is nothing
    assert routes.urgent_for("x:1") is help_at_once
    assert routes.handler("y") is nothing_else
    assert routes.handler("z") is None


def test_what_features_offer_is_listed_in_their_order() -> None:
    names = [one.name for one in FEATURES]
    assert [one.name for one in Routes(FEATURES).features] == names
    assert len(names) == len(set(names))


FREE = Feature(
    name="free",
    presses={"free": nothing},
    commands={"say": "free"},
    rests={"say": lambda words: "free:said" if "tired" in words else None},
    warns=lambda words: "free:danger" if "danger" in words else None,
    listens=lambda words: "free:heard" if "tired" in words else None,
    answers={"free": nothing, "words": nothing},
    attachments=("free",),
)


def test_free_words_are_heard_after_danger_and_after_what_a_command_says() -> None:
    routes = Routes([FREE])
    assert routes.press(Text(**ANA, text="so tired")) == "free:heard"
    assert routes.press(Text(**ANA, text="tired, and in danger")) == "free:danger"
    assert routes.press(Text(**ANA, text="neither")) is None
    assert routes.press(Command(**ANA, name="say", rest="tired")) == "free:said"
    assert routes.press(Command(**ANA, name="say", rest="danger")) == "free:danger"
    assert routes.press(Command(**ANA, name="say", rest="neither")) == "free"
    assert routes.press(Command(**ANA, name="say")) == "free"


def test_danger_is_no_button_and_words_after_a_command_are_no_answer() -> None:
    routes = Routes([FREE])
    assert routes.button(Text(**ANA, text="danger")) is None
    assert routes.warned(Command(**ANA, name="other", rest="danger")) == "free:danger"


def test_a_picture_answers_only_what_waits_for_one_and_its_caption_may_speak_of_danger() -> None:
    routes = Routes([*FEATURES, FREE])
    picture = Attachment(kind="photo", file="a", caption="danger", **ANA)
    assert routes.button(picture) is None
    assert routes.press(picture) == "free:danger"
    assert routes.answered_by(picture, "free:1:photo")
    assert not routes.answered_by(picture, "words")
    assert not routes.answered_by(Unreadable(**ANA), "free")
    assert routes.answered_by(Text(text="danger", **ANA), "words")
    assert not routes.answered_by(Text(text="Help now", **ANA), "words")
