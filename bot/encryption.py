"""Envelope encryption: AES-256-GCM, every key random, and each wrapped by the master key in KEY_FILE.

One data key a person (forgetting them is destroying it), one service key for what is ours to carry (updates, stored
replies), one index key that finds an address without storing it. What was sealed for one field of one owner opens
nowhere else: table, column and owner are the associated data.

Sealed: version byte, 12 bytes nonce, ciphertext. Wrapped keys carry 4 bytes after the version that say under which
line of the key file they were wrapped.
"""

import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ForeignKey, LargeBinary, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, object_session

from bot.store import Base

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 4
LABEL = "windbreak-key:"
LOOSE = "surrogatepass"
"""Half an emoji, cut off by somebody's app, is kept as it came and stops nobody's answer."""


class KeyFileError(Exception):
    """The key file cannot be used. Says which file and what to do, never what stands in it."""


class KeyNotLoaded(Exception):
    """Something of a person was to be sealed or opened without their data key at hand."""


class Unopenable(Exception):
    """Sealed with another key or for another place, or damaged."""


class ServiceKey(Base):
    """A key that is ours and not a person's: `service` and `index`."""

    __tablename__ = "service_keys"

    name: Mapped[str] = mapped_column(primary_key=True, info={"export": None})
    wrapped: Mapped[bytes] = mapped_column(LargeBinary, info={"export": None})


class PersonKey(Base):
    """A person's data key. Stands apart from all else, and is backed up apart: gone here is gone everywhere."""

    __tablename__ = "person_keys"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    wrapped: Mapped[bytes] = mapped_column(LargeBinary, info={"export": None})


class Master:
    """The master key: wraps and unwraps keys, and does nothing else."""

    def __init__(self, keys: Sequence[bytes], path: Path) -> None:
        """`keys` are 32 bytes each: the first wraps, all unwrap. `path` is named when they do not fit a database."""
        self._keys = [(sha256(b"windbreak key id" + key).digest()[:ID_BYTES], AESGCM(key)) for key in keys]
        self._path = path

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the key file: one or more lines `windbreak-key:<base64 of 32 bytes>`. Raises KeyFileError."""
        try:
            with path.open(encoding="ascii") as file:
                # asked of the open file: no other can be put in its place in between
                mode = os.fstat(file.fileno()).st_mode
                lines = file.read().split()
        except (OSError, UnicodeError) as error:
            raise KeyFileError(f"{path} cannot be read: put back the key file this database was made with") from error
        if mode & 0o077:
            raise KeyFileError(f"{path} is open to others: run chmod 600 {path}")
        try:
            keys = [b64decode(line.removeprefix(LABEL), validate=True) for line in lines]
        except ValueError:
            keys = []
        if not keys or any(len(key) != KEY_BYTES for key in keys) or not all(line.startswith(LABEL) for line in lines):
            raise KeyFileError(f"{path} is not a key file of ours: put back the one this database was made with")
        return cls(keys, path)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new key file with mode 0600. Raises KeyFileError if there is one, or none can be made there."""
        if path.exists():
            raise KeyFileError(f"{path} is already there, and a key is never overwritten: move it away first")
        key = os.urandom(KEY_BYTES)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # O_EXCL: of two programs starting together only one makes a key
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(f"{LABEL}{b64encode(key).decode()}\n".encode())
                file.flush()
                os.fsync(file.fileno())
            _sync_directory(path.parent)
        except OSError as error:
            raise KeyFileError(f"{path} cannot be made: let this program write there, or set KEY_FILE") from error
        return cls([key], path)

    @classmethod
    def at(cls, path: Path) -> Self:
        """Read the key file, or at the first run make it. Raises KeyFileError."""
        return cls.load(path) if path.exists() else cls.create(path)

    @property
    def mark(self) -> bytes:
        """What everything begins with that is wrapped from now on: it tells which rows an older line still wraps."""
        return VERSION + self._keys[0][0]

    def wrap(self, place: str, key: bytes) -> bytes:
        """Seal a key for its place (`person_keys.wrapped:42`)."""
        key_id, cipher = self._keys[0]
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + key_id + nonce + cipher.encrypt(nonce, key, place.encode())

    def unwrap(self, place: str, wrapped: bytes) -> bytes:
        """Open a wrapped key. Raises Unopenable."""
        version, key_id, rest = wrapped[:1], wrapped[1 : 1 + ID_BYTES], wrapped[1 + ID_BYTES :]
        for ours, cipher in self._keys:
            if version == VERSION and key_id == ours:
                return _decrypt(cipher, rest, place)
        raise Unopenable(place)

    async def unlock(self, session: AsyncSession) -> "Keys":
        """Read the service and the index key, made if there are none. Raises KeyFileError if they are another's."""
        return Keys(self, await self._service_key(session, "service"), await self._service_key(session, "index"))

    async def _service_key(self, session: AsyncSession, name: str) -> bytes:
        place = f"service_keys.wrapped:{name}"
        # two processes that start on one empty database agree on whichever came first
        make = text("INSERT INTO service_keys (name, wrapped) VALUES (:name, :wrapped) ON CONFLICT DO NOTHING")
        find = select(ServiceKey.wrapped).where(ServiceKey.name == name)
        wrapped = await session.scalar(find)
        if wrapped is None:
            await session.execute(make, {"name": name, "wrapped": self.wrap(place, os.urandom(KEY_BYTES))})
            wrapped = (await session.scalars(find)).one()
        try:
            return self.unwrap(place, wrapped)
        except Unopenable as error:
            raise KeyFileError(
                f"{self._path} does not open this database: put back the key it was made with"
            ) from error


class Keys:
    """The keys at hand in one session: `session.info["keys"]`."""

    def __init__(self, master: Master, service: bytes, index: bytes) -> None:
        """`service` and `index` are 32 bytes each."""
        self._master = master
        self._service = AESGCM(service)
        self._index = index
        self._people: dict[int, AESGCM] = {}

    def fresh(self) -> "Keys":
        """The same without anybody's data key, for another session."""
        keys = object.__new__(Keys)
        keys._master, keys._service, keys._index, keys._people = self._master, self._service, self._index, {}
        return keys

    def create(self, person_id: int) -> bytes:
        """Make a person's data key, keep it at hand and return it wrapped, as `person_keys` stores it."""
        key = AESGCM.generate_key(KEY_BYTES * 8)
        self._people[person_id] = AESGCM(key)
        return self._master.wrap(f"person_keys.wrapped:{person_id}", key)

    def load(self, person_id: int, wrapped: bytes) -> None:
        """Take a person's data key at hand. Raises Unopenable."""
        self._people[person_id] = AESGCM(self._master.unwrap(f"person_keys.wrapped:{person_id}", wrapped))

    def seal(self, field: str, owner: int, plain: str) -> bytes:
        """Seal a word of a person. `field` is `table.column`. Raises KeyNotLoaded."""
        return _seal(self._of(owner), f"{field}:{owner}", plain.encode("utf-8", LOOSE))

    def open(self, field: str, owner: int, sealed: bytes) -> str:
        """Open a word of a person. Raises KeyNotLoaded or Unopenable."""
        return _open(self._of(owner), f"{field}:{owner}", sealed).decode("utf-8", LOOSE)

    def seal_for_us(self, field: str, owner: str, plain: bytes) -> bytes:
        """Seal with the service key what nobody's data key fits: an update, a stored reply."""
        return _seal(self._service, f"{field}:{owner}", plain)

    def open_for_us(self, field: str, owner: str, sealed: bytes) -> bytes:
        """Open what the service key sealed. Raises Unopenable."""
        return _open(self._service, f"{field}:{owner}", sealed)

    def blind(self, address: str) -> bytes:
        """32 bytes that find an address again and tell nothing about it to those without the index key."""
        return hmac.digest(self._index, b"windbreak address\0" + address.encode(), "sha256")

    def blind_words(self, person_id: int, words: str) -> bytes:
        """32 bytes by which a person's words are known again, and which tell nothing to those without the index key."""
        return hmac.digest(
            self._index, f"windbreak words {person_id}\0".encode() + words.encode("utf-8", LOOSE), "sha256"
        )

    def _of(self, person_id: int) -> AESGCM:
        try:
            return self._people[person_id]
        except KeyError:
            raise KeyNotLoaded(f"the data key of person {person_id} is not loaded in this session") from None


class Encrypted:
    """A column of a mapped class that reads as words and is stored sealed. Made by `encrypted`."""

    def __init__(self, field: str) -> None:
        """`field` is `table.column`."""
        self._field = field
        self._column = "sealed_" + field.rpartition(".")[2]

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> str | None: ...
    def __get__(self, instance: Any, owner: type) -> Self | str | None:
        """The words. Raises KeyNotLoaded or Unopenable."""
        if instance is None:
            return self
        sealed = getattr(instance, self._column)
        return None if sealed is None else self._keys(instance).open(self._field, self._person(instance), sealed)

    def __set__(self, instance: Any, value: str | None) -> None:
        """Seal the words. Raises KeyNotLoaded."""
        sealed = None if value is None else self._keys(instance).seal(self._field, self._person(instance), value)
        setattr(instance, self._column, sealed)

    def _keys(self, instance: Any) -> Keys:
        session = object_session(instance)
        if session is None or "keys" not in session.info:
            raise KeyNotLoaded(f"{self._field} needs a session: add the row to one before its words are touched")
        keys: Keys = session.info["keys"]
        return keys

    def _person(self, instance: Any) -> int:
        owner: int | None = instance.id if instance.__tablename__ == "people" else instance.person_id
        if owner is None:
            raise KeyNotLoaded(f"{self._field} needs to know whose it is: give the row its person, or flush it, first")
        return owner


def encrypted(field: str) -> Encrypted:
    """`name = encrypted("people.name")`, beside `sealed_name: Mapped[bytes | None]`. None stays None.

    The owner is the row's `person_id`; of the table `people`, its `id`.
    """
    return Encrypted(field)


def _seal(cipher: AESGCM, place: str, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, plain, place.encode())


def _open(cipher: AESGCM, place: str, sealed: bytes) -> bytes:
    if sealed[:1] != VERSION:
        raise Unopenable(place)
    return _decrypt(cipher, sealed[1:], place)


def _decrypt(cipher: AESGCM, blob: bytes, place: str) -> bytes:
    try:
        return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: cut so short that there is no nonce or tag
        raise Unopenable(place) from error


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
