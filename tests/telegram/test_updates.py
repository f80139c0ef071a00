"""What people do, as it comes from Telegram; and what strangers may put into an update."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat import (
    Attachment,
    Blocked,
    Command,
    Contact,
    Elsewhere,
    Inbound,
    Location,
    Press,
    Raw,
    Text,
    Unblocked,
    Unreadable,
)
from bot.telegram import updates

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECONDS = int(AT.timestamp())
ANA = {"id": 11, "is_bot": False, "first_name": "Ana", "language_code": "pt-BR"}
HERE = {"id": 11, "type": "private", "first_name": "Ana"}
GROUP = {"id": -10042, "type": "supergroup", "title": "Some group"}
FILE = {"file_id": "a", "file_unique_id": "b"}
STICKER = FILE | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
ABOUT: dict[str, Any] = {"address": "telegram:11", "language": "pt-br", "message_id": "5"}


def message(**more: object) -> dict[str, Any]:
    return {"message_id": 5, "date": SECONDS, "chat": HERE, "from": ANA} | more


def update(**more: object) -> dict[str, Any]:
    return {"update_id": 100} | more


def command(words: str, length: int) -> dict[str, Any]:
    entities = [{"type": "bot_command", "offset": 0, "length": length}]
    return update(message=message(text=words, entities=entities))


def press(**more: object) -> dict[str, Any]:
    query = {
        "id": "990",
        "from": ANA,
        "chat_instance": "1",
        "data": "checkin:42:mood:low",
        "message": message(text="x"),
    }
    return update(callback_query=query | more)


def membership(status: str, chat: dict[str, Any] = HERE) -> dict[str, Any]:
    bot = {"id": 4242424242, "is_bot": True, "first_name": "Windbreak"}
    more: dict[str, dict[str, object]] = {"kicked": {"until_date": 0}, "administrator": dict.fromkeys(RIGHTS, False)}
    old, new = {"status": "member", "user": bot}, {"status": status, "user": bot} | more.get(status, {})
    change = {"chat": chat, "from": ANA, "date": SECONDS, "old_chat_member": old, "new_chat_member": new}
    return update(my_chat_member=change)


def test_typed_words_are_a_text() -> None:
    assert updates.read(update(message=message(text="Hard moment"))) == Text(**ABOUT, at=AT, text="Hard moment")


@pytest.mark.parametrize(
    ("words", "length", "name", "rest"),
    [
        ("/start", 6, "start", ""),
        ("/Start abc-_1", 6, "start", "abc-_1"),
        ("/start@made_up_bot   two  words ", 18, "start", "two  words"),
        ("/help\nplease 😀", 5, "help", "please 😀"),
    ],
)
def test_a_command_has_a_name_and_a_rest(words: str, length: int, name: str, rest: str) -> None:
    assert updates.read(command(words, length)) == Command(**ABOUT, at=AT, name=name, rest=rest)


def test_a_command_in_the_middle_is_only_words() -> None:
    raw = update(
        message=message(text="try /start", entities=[{"type": "bot_command", "offset": 4, "length": 6}]),
    )
    assert updates.read(raw) == Text(**ABOUT, at=AT, text="try /start")


def test_a_tap_names_its_message_and_no_time() -> None:
    assert updates.read(press()) == Press(**ABOUT, data="checkin:42:mood:low", press_id="990")


def test_a_tap_on_a_message_telegram_no_longer_shows_still_counts() -> None:
    faded = {"message_id": 5, "date": 0, "chat": HERE}
    assert updates.read(press(message=faded)) == Press(**ABOUT, data="checkin:42:mood:low", press_id="990")


def test_a_tap_without_a_message_means_nothing() -> None:
    query = press()["callback_query"]
    del query["message"]
    assert updates.read(update(callback_query=query)) is None


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": STICKER},
        {"video_note": FILE | {"length": 1, "duration": 3}},
        {"audio": FILE | {"duration": 3}},
        {"something_new": {"of": "next year"}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_is_not_words_is_unreadable(content: dict[str, Any]) -> None:
    assert updates.read(update(message=message(**content))) == Unreadable(**ABOUT, at=AT)


def test_a_picture_is_kept_in_its_largest_size() -> None:
    sizes = [
        {"file_id": f"photo-{side}", "file_unique_id": "b", "width": side, "height": side} for side in (90, 800, 320)
    ]
    found = updates.read(update(message=message(photo=sizes, caption="my dog")))
    assert found == Attachment(**ABOUT, at=AT, kind="photo", file="photo-800", caption="my dog")


def test_a_voice_note_is_known_by_its_file() -> None:
    found = updates.read(update(message=message(voice=FILE | {"duration": 3})))
    assert found == Attachment(**ABOUT, at=AT, kind="voice", file="a")


@pytest.mark.parametrize(
    "file", ["", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.png", "a" * 513, "\ud83d"]
)
def test_a_file_that_is_an_address_or_a_path_is_refused(file: str) -> None:
    with pytest.raises(ValueError, match="oddly"):
        updates.read(update(message=message(voice={"file_id": file, "file_unique_id": "b", "duration": 3})))


def test_pictures_of_an_album_say_that_they_belong_together() -> None:
    picture = message(photo=[FILE | {"width": 1, "height": 1}], media_group_id="123")
    assert updates.read(update(message=picture)) == Attachment(**ABOUT, at=AT, kind="photo", file="a", album="123")
    film = message(video=FILE | {"width": 1, "height": 1, "duration": 3}, media_group_id="124")
    assert updates.read(update(message=film)) == Unreadable(**ABOUT, at=AT, album="124")
    broken = message(photo=[], media_group_id=123)
    with pytest.raises(TypeError):
        updates.read(update(message=broken))


def test_an_edit_is_unreadable_at_the_time_of_the_edit() -> None:
    raw = update(edited_message=message(text="else", date=SECONDS - 3600, edit_date=SECONDS))
    assert updates.read(raw) == Unreadable(**ABOUT, at=AT)


def test_a_note_that_telegram_wrote_means_nothing() -> None:
    assert updates.read(update(message=message(pinned_message=message(text="x")))) is None


def test_blocking_and_unblocking_are_told_apart() -> None:
    about = ABOUT | {"message_id": ""}
    assert updates.read(membership("kicked")) == Blocked(**about, at=AT)
    assert updates.read(membership("member")) == Unblocked(**about, at=AT)


@pytest.mark.parametrize(
    "raw",
    [
        update(message=message(chat=GROUP, text="/start")),
        update(message=message(chat=GROUP, **{"from": {"id": 8, "is_bot": True, "first_name": "Other"}}, text="hi")),
        update(edited_message=message(chat=GROUP, text="hi")),
        press(message=message(chat=GROUP, text="x")),
        membership("member", GROUP),
        membership("administrator", {"id": -10042, "type": "channel", "title": "Some channel"}),
    ],
)
def test_a_chat_of_many_is_elsewhere(raw: Raw) -> None:
    assert updates.read(raw) == Elsewhere(address="telegram:-10042")


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_being_sent_away_from_a_group_leaves_nothing_to_leave(status: str) -> None:
    assert updates.read(membership(status, GROUP)) is None


@pytest.mark.parametrize(
    "raw",
    [
        update(),
        update(channel_post={"message_id": 5, "date": SECONDS, "chat": GROUP | {"type": "channel"}, "text": "x"}),
        update(poll_answer={"poll_id": "1", "option_ids": [], "user": ANA}),
        update(something_new={}),
        update(message=message(text="hi", **{"from": {"id": 8, "is_bot": True, "first_name": "Other"}})),
    ],
)
def test_what_is_not_for_us_means_nothing(raw: Raw) -> None:
    assert updates.read(raw) is None


@pytest.mark.parametrize("raw", [press(), command("/start", 6), membership("member"), update(edited_message=message())])
def test_the_sender_is_known_before_anything_is_understood(raw: Raw) -> None:
    assert updates.sender(raw) == "telegram:11"


@pytest.mark.parametrize("found", [None, "11", 11.0, True, -11, 0, 2**63, [], {}])
def test_an_id_that_is_none_names_nobody(found: object) -> None:
    assert updates.sender(update(message=message(**{"from": {"id": found}}))) == ""


@pytest.mark.parametrize("body", [None, 5, "x", [], [{"from": ANA}], {}, {"from": None}, {"from": [11]}])
def test_a_body_that_is_none_names_nobody(body: object) -> None:
    assert updates.sender(update(message=body)) == ""


def test_a_number_is_read_or_refused() -> None:
    assert updates.number({"update_id": 0}) == 0
    for found in (None, "5", 5.0, True, -1, 2**63, [5]):
        with pytest.raises((TypeError, ValueError)):
            updates.number({"update_id": found})
    with pytest.raises(KeyError):
        updates.number({})


def test_half_a_character_becomes_one_that_can_be_stored() -> None:
    inbound = updates.read(update(message=message(text="Ana \ud83d!")))
    assert isinstance(inbound, Text)
    assert inbound.text == "Ana ?!"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 5},
        {"text": ["a"]},
        {"message_id": "5"},
        {"date": 10**30},
        {"date": "now"},
        {"chat": {"id": 11}},
        {"from": 1},
    ],
)
def test_a_message_of_wrong_types_is_never_half_understood(wrong: dict[str, Any]) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever it is: the caller sets the update aside
        updates.read(update(message=message(**wrong)))


ODD: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**31, 2**53, 2**63, 10**40])
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["private", "group", "bot_command", "kicked", "member", "\ud83d", "\x00", "/", "/start@"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)

# Every key that we or PTB look at on the way, so that what is odd stands where it is looked for.
WHOLE = [
    command("/start abc", 6),
    press(),
    membership("kicked"),
    update(edited_message=message(text="x", edit_date=SECONDS)),
]


def spoilt(value: object, path: tuple[object, ...], odd: object) -> object:
    """A copy in which what stands at the path is something odd, or gone."""
    if not path:
        return odd
    step, *rest = path
    if isinstance(value, dict):
        changed = {key: spoilt(inner, tuple(rest), odd) if key == step else inner for key, inner in value.items()}
        return {key: inner for key, inner in changed.items() if inner is not GONE}
    if isinstance(value, list):
        return [spoilt(inner, tuple(rest), odd) if place == step else inner for place, inner in enumerate(value)]
    return value


GONE = object()


def paths(value: object, before: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, found in inner for path in [(*before, key), *paths(found, (*before, key))]]


SPOILT = st.sampled_from(WHOLE).flatmap(
    lambda raw: st.builds(spoilt, st.just(raw), st.sampled_from(paths(raw)), ODD | st.just(GONE))
)


def understood(raw: Raw) -> Inbound | None:
    try:
        return updates.read(raw)
    except Exception:  # noqa: BLE001  # whatever it is: the caller sets the update aside
        return None


@given(SPOILT | st.dictionaries(st.sampled_from([*updates.KINDS, "update_id", "poll", "channel_post"]), ODD))
@example(update(message=message(text="/", entities=[{"type": "bot_command", "offset": 0, "length": -7}])))
@example(update(message=message(text="/a", entities=[{"type": "bot_command", "offset": 0, "length": 10**40}])))
def test_whatever_comes_is_understood_whole_or_not_at_all(raw: dict[str, Any]) -> None:
    address = updates.sender(raw)
    assert address == "" or address.removeprefix("telegram:").isdecimal()
    inbound = understood(raw)
    if inbound is None:
        return
    assert isinstance(inbound, Elsewhere) or inbound.address == address != ""
    assert inbound.at is None or inbound.at.tzinfo is not None
    for name in inbound.__dataclass_fields__:
        found = getattr(inbound, name)
        assert name == "at" or isinstance(found, str)
        if isinstance(found, str):
            found.encode()


def test_replies_to_replies_without_end_are_given_up() -> None:
    inner = message(text="x")
    for _ in range(5_000):
        inner = message(text="x", reply_to_message=inner)
    assert updates.sender(update(message=inner)) == "telegram:11"
    with pytest.raises(RecursionError):
        updates.read(update(message=inner))


def test_a_shared_location_is_read_as_degrees() -> None:
    shared = update(message=message(location={"latitude": 38.72, "longitude": -9}))
    assert updates.read(shared) == Location(**ABOUT, at=AT, latitude=38.72, longitude=-9.0)


BEN = {"user_id": 12, "first_name": "Ben", "last_name": "Bold"}


@pytest.mark.parametrize(
    ("content", "name", "who"),
    [
        ({"users_shared": {"request_id": 1, "users": [BEN]}}, "Ben Bold", "telegram:12"),
        ({"users_shared": {"request_id": 1, "users": [{"user_id": 12}]}}, "", "telegram:12"),
        ({"contact": BEN | {"phone_number": "1"}}, "Ben Bold", "telegram:12"),
        ({"contact": {"phone_number": "1", "first_name": "Ben"}}, "Ben", ""),
    ],
    ids=["picked", "without a name", "a card", "no account"],
)
def test_somebody_who_is_picked_has_a_name_and_where_they_are_reached(
    content: dict[str, Any], name: str, who: str
) -> None:
    assert updates.read(update(message=message(**content))) == Contact(**ABOUT, at=AT, name=name, who=who)


@pytest.mark.parametrize("number", ["12", 2**70, True])
def test_somebody_whose_number_is_none_is_broken(number: object) -> None:
    picked = {"request_id": 1, "users": [{"user_id": number, "first_name": "Ben"}]}
    with pytest.raises(TypeError):
        updates.read(update(message=message(users_shared=picked)))


@pytest.mark.parametrize("degrees", ["38", None, True, [38.0]])
def test_a_location_that_is_no_number_is_broken(degrees: object) -> None:
    with pytest.raises(TypeError):
        updates.read(update(message=message(location={"latitude": degrees, "longitude": 0.0})))
