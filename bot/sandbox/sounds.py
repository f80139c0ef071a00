"""What kind of sound a voice note is, by its first bytes: a browser records WebM where a phone records Ogg."""

OGG = "audio/ogg"
SIGNS = {b"OggS": OGG, b"\x1aE\xdf\xa3": "audio/webm", b"RIFF": "audio/wav", b"ID3": "audio/mpeg"}
KINDS = frozenset(SIGNS.values())


def mime(content: bytes) -> str:
    """The type of a sound. What is not recognised passes for Ogg, as everything does at Telegram."""
    return next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), OGG)
