"""Every file that was ever sent, by its id."""

from itertools import count

from bot.sandbox.media import File, Kind


class Files:
    """A file is kept under its id for good, as at Telegram: that is how a voice note is played again."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self._numbers = count(1)
        self._by_id: dict[str, File] = {}

    def add(self, kind: Kind, content: bytes, *, name: str = "", mime: str, seconds: int = 0) -> File:
        """A new file. `seconds` is how long a voice note is."""
        number = next(self._numbers)
        file = File(
            id=f"sandbox-{kind}-{number}", kind=kind, content=content, name=name or kind, mime=mime, seconds=seconds
        )
        self._by_id[file.id] = file
        return file

    def get(self, file_id: str) -> File | None:
        """The file of this id, if there ever was one."""
        return self._by_id.get(file_id)
