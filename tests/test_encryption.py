"""Encryption: what is sealed opens for its owner, in its place, and nowhere else."""

import os
import stat
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.encryption import KeyFileError, KeyNotLoaded, Keys, Master, Unopenable, encrypted

ANA, BEN = 1, 2


class Table(DeclarativeBase):
    """Tables of these tests alone."""


class Somebody(Table):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    name = encrypted("people.name")


class Page(Table):
    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column()
    sealed_text: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = encrypted("pages.text")


def master(*keys: bytes) -> Master:
    return Master(keys or (b"m" * 32,), Path("test.key"))


@pytest.fixture
def keys() -> Keys:
    keys = Keys(master(), b"s" * 32, b"i" * 32)
    keys.create(ANA)
    keys.create(BEN)
    return keys


@pytest.fixture
def session(keys: Keys) -> Iterator[Session]:
    with Session(info={"keys": keys}) as session:
        yield session


@given(st.text(st.characters(exclude_categories=())))
def test_every_word_comes_back(words: str) -> None:
    keys = Keys(master(), b"s" * 32, b"i" * 32)
    keys.create(ANA)

    sealed = keys.seal("pages.text", ANA, words)

    assert keys.open("pages.text", ANA, sealed) == words


def test_the_same_words_never_look_the_same(keys: Keys) -> None:
    once, twice = (keys.seal("pages.text", ANA, "A hard day") for _ in range(2))

    assert once != twice
    assert b"hard" not in once


def test_words_open_only_for_their_owner_in_their_column(keys: Keys) -> None:
    sealed = keys.seal("pages.text", ANA, "A hard day")

    for field, owner in (("pages.text", BEN), ("pages.title", ANA), ("people.name", ANA)):
        with pytest.raises(Unopenable):
            keys.open(field, owner, sealed)


def test_not_a_bit_can_be_changed_nor_a_byte_cut_off(keys: Keys) -> None:
    sealed = keys.seal("pages.text", ANA, "A hard day")
    broken = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    broken += [sealed[:at] for at in range(len(sealed))]

    for blob in broken:
        with pytest.raises(Unopenable):
            keys.open("pages.text", ANA, blob)


def test_what_is_ours_opens_with_the_service_key(keys: Keys) -> None:
    sealed = keys.seal_for_us("inbox.raw", "telegram:4242:7", b"{}")

    assert keys.open_for_us("inbox.raw", "telegram:4242:7", sealed) == b"{}"
    with pytest.raises(Unopenable):
        keys.open_for_us("inbox.raw", "telegram:4242:8", sealed)


def test_a_session_knows_only_those_it_has_loaded(keys: Keys) -> None:
    wrapped = keys.create(ANA)
    sealed = keys.seal("pages.text", ANA, "A hard day")
    other = keys.fresh()

    with pytest.raises(KeyNotLoaded):
        other.open("pages.text", ANA, sealed)
    other.load(ANA, wrapped)
    assert other.open("pages.text", ANA, sealed) == "A hard day"


def test_a_wrapped_key_is_of_use_to_nobody_else(keys: Keys) -> None:
    wrapped = keys.create(ANA)

    with pytest.raises(Unopenable):
        keys.load(BEN, wrapped)
    with pytest.raises(Unopenable):
        Keys(master(b"x" * 32), b"s" * 32, b"i" * 32).load(ANA, wrapped)
    for cut in range(len(wrapped)):
        with pytest.raises(Unopenable):
            keys.load(ANA, wrapped[:cut])


def test_an_address_is_found_again_only_with_the_index_key(keys: Keys) -> None:
    assert keys.blind("telegram:123") == keys.fresh().blind("telegram:123")
    assert keys.blind("telegram:123") != keys.blind("telegram:1234")
    assert keys.blind("telegram:123") != Keys(master(), b"s" * 32, b"j" * 32).blind("telegram:123")
    assert len(keys.blind("telegram:123")) == 32


def test_a_new_master_key_still_opens_what_the_old_one_wrapped() -> None:
    old = Keys(master(b"o" * 32), b"s" * 32, b"i" * 32)
    wrapped = old.create(ANA)
    sealed = old.seal("pages.text", ANA, "A hard day")
    turned = Keys(master(b"n" * 32, b"o" * 32), b"s" * 32, b"i" * 32)

    turned.load(ANA, wrapped)

    assert turned.open("pages.text", ANA, sealed) == "A hard day"
    with pytest.raises(Unopenable):
        old.load(BEN, turned.create(BEN))


def test_a_sealed_column_reads_like_any_other(session: Session) -> None:
    ana = Somebody(id=ANA)
    session.add(ana)
    page = Page(person_id=BEN)
    session.add(page)

    ana.name = "Ana"
    page.text = "A calm day"

    assert ana.name == "Ana"
    assert page.text == "A calm day"
    assert ana.sealed_name is not None
    assert b"Ana" not in ana.sealed_name
    ana.name = None
    assert ana.name is None
    assert ana.sealed_name is None


def test_words_copied_from_another_row_do_not_open(session: Session) -> None:
    hers, his = Page(person_id=ANA), Page(person_id=BEN)
    session.add_all([hers, his])
    hers.text = "A hard day"

    his.sealed_text = hers.sealed_text

    with pytest.raises(Unopenable):
        _ = his.text


def test_words_without_a_session_or_an_owner_are_refused(session: Session) -> None:
    with pytest.raises(KeyNotLoaded, match="session"):
        Page(person_id=ANA).text = "A hard day"
    nobody = Somebody()
    session.add(nobody)
    with pytest.raises(KeyNotLoaded, match="whose"):
        nobody.name = "Ana"


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "windbreak.key"

    wrapped = Master.create(path).wrap("person_keys.wrapped:1", b"k" * 32)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Master.load(path).unwrap("person_keys.wrapped:1", wrapped) == b"k" * 32
    with pytest.raises(KeyFileError, match="already there"):
        Master.create(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "windbreak.key"
    Master.create(path)
    path.chmod(mode)

    with pytest.raises(KeyFileError, match="chmod 600") as told:
        Master.load(path)

    assert str(path) in str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"secret",
        b"windbreak-key:",
        b"windbreak-key:c2VjcmV0",
        b"windbreak-key:secret!",
        b64encode(b"k" * 32),
        b"windbreak-key:" + b64encode(b"k" * 32) + b"\nsecret",
        b"\xff\xfesecret",
    ],
)
def test_a_key_file_that_is_none_is_refused_without_showing_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "windbreak.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(KeyFileError, match=r"windbreak\.key") as told:
        Master.load(path)

    assert "secret" not in str(told.value)
    assert "c2Vj" not in str(told.value)


def test_a_key_file_may_hold_an_older_key_below(tmp_path: Path) -> None:
    path = tmp_path / "windbreak.key"
    wrapped = Master.create(path).wrap("service_keys.wrapped:index", b"k" * 32)
    path.write_text(f"windbreak-key:{b64encode(os.urandom(32)).decode()}\n{path.read_text()}\n")

    assert Master.load(path).unwrap("service_keys.wrapped:index", wrapped) == b"k" * 32


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"windbreak\.key"):
        Master.load(tmp_path / "windbreak.key")


def test_a_place_where_no_key_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(KeyFileError, match="KEY_FILE"):
        Master.create(tmp_path / "file" / "windbreak.key")
