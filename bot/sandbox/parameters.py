"""The parameters of a call: read from a request, and checked against what its method takes."""

import json
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from starlette.requests import Request

from bot.sandbox import forms
from bot.sandbox.fields import Upload
from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError

ATTACHED = "attach://"
EMPTY = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "commands": "parameter \"commands\" is required",
    "callback_query_id": "callback_query_id is empty",
}  # fmt: skip

Model = TypeVar("Model", bound=Strict)


async def read(request: Request) -> dict[str, Any]:
    """The parameters as they came: text from query and forms, any JSON value from a JSON body. Raises RefusalError."""
    pairs: list[tuple[str, Any]] = list(request.query_params.multi_items())
    body = await request.body()
    if body:
        pairs += forms.read(request.headers.get("content-type", ""), body)
    given = dict(pairs)
    if len(given) != len(pairs):
        raise RefusalError(400, "the sandbox was given a parameter twice")
    return given


@cache
def _words(model: type[Strict]) -> set[str]:
    """The parameters that are words and nothing else."""
    return {name for name, field in model.model_fields.items() if field.annotation is str}


@cache
def _textual(model: type[Strict]) -> set[str]:
    """The parameters that may be words; text given for any other is JSON."""
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    return {name for name, kind in kinds.items() if kind is str or str in get_args(kind)}


def described(given: dict[str, Any]) -> dict[str, Any]:
    """The parameters to be written down: of a file only its name and its size in bytes, or where another names it."""
    said = [str(value) for value in given.values() if not isinstance(value, Upload)]
    return {
        name: {"file_name": value.file_name, "size": len(value.content)} if isinstance(value, Upload) else value
        for name, value in given.items()
        if not isinstance(value, Upload) or not any(ATTACHED + name in text for text in said)
    }


def check(model: type[Model], given: dict[str, Any]) -> Model:
    """The parameters as a method takes them. Raises RefusalError for an unknown, missing or ill-typed one."""
    decoded = {name: _decode(model, name, value) for name, value in given.items()}
    uploads = {name: value for name, value in decoded.items() if isinstance(value, Upload)}
    named: set[str] = set()
    filled = {
        name: value if name in _words(model) else _with_files(value, uploads, named) for name, value in decoded.items()
    }
    try:
        return model.model_validate({name: value for name, value in filled.items() if name not in named})
    except ValidationError as error:
        raise RefusalError(400, _explain(error)) from None


def _with_files(value: Any, uploads: dict[str, Upload], named: set[str]) -> Any:
    """The same value with files in the place of their names. A file named so is no parameter of its own."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        name = value.removeprefix(ATTACHED)
        if name not in uploads:
            raise RefusalError(400, "attached file not found")
        named.add(name)
        return uploads[name]
    if isinstance(value, dict):
        return {name: _with_files(inner, uploads, named) for name, inner in value.items()}
    return [_with_files(inner, uploads, named) for inner in value] if isinstance(value, list) else value


def _decode(model: type[Strict], name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _textual(model):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # the strict check will say what is wrong with it


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    path = ".".join(str(step) for step in first["loc"])
    match first["type"]:
        case "telegram":
            return first["msg"]
        case "missing" if path in EMPTY:
            return EMPTY[path]
        case "extra_forbidden":
            return f'the sandbox does not know the parameter "{path}" here'
        case _:
            return f'the parameter "{path}" is wrong: {first["msg"]}'
