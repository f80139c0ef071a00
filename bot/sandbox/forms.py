"""Bodies of requests: a form with or without files, or JSON."""

import json
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qsl

from bot.sandbox.fields import Upload
from bot.sandbox.refusal import RefusalError

Pairs = list[tuple[str, Any]]


def read(content_type: str, body: bytes) -> Pairs:
    """The names and values of a form or of a JSON object. Raises RefusalError."""
    match content_type.partition(";")[0].strip().lower():
        case "application/json":
            return _from_json(body)
        case "application/x-www-form-urlencoded":
            return list(parse_qsl(body.decode(), keep_blank_values=True))
        case "multipart/form-data":
            return _from_multipart(content_type, body)
        case other:
            raise RefusalError(400, f"the sandbox cannot read a body of type {other!r}")


def _from_json(body: bytes) -> Pairs:
    try:
        given = json.loads(body)
    except ValueError:
        raise RefusalError(400, "can't parse JSON object") from None
    if not isinstance(given, dict):
        raise RefusalError(400, "the JSON body must be an object")
    return list(given.items())


def _from_multipart(content_type: str, body: bytes) -> Pairs:
    """Cut at the boundary by hand: the parser of the standard library goes line by line, seconds for 50 MB."""
    boundary = _header(b"Content-Type: " + content_type.encode()).get_param("boundary")
    if not isinstance(boundary, str):
        raise RefusalError(400, "the sandbox cannot read this form")
    before, *parts, after = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if before or not after.startswith(b"--"):
        raise RefusalError(400, "the sandbox cannot read this form")
    return [_from_part(part) for part in parts]


def _from_part(part: bytes) -> tuple[str, Any]:
    head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    header = _header(head)
    name = header.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        raise RefusalError(400, "the sandbox cannot read this form")
    file_name = header.get_filename()
    if file_name is None:
        return name, content.decode()
    mime = header.get_content_type() if "content-type" in header else "application/octet-stream"
    return name, Upload(file_name=file_name, mime=mime, content=content)


def _header(lines: bytes) -> EmailMessage:
    return BytesHeaderParser(policy=policy.HTTP).parsebytes(lines + b"\r\n\r\n")
