"""aiogram's models of the same API, written by other people. They know newer versions of it too."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from aiogram import methods
from aiogram.types import BufferedInputFile
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.judges.published import FILE, decoded


def call(method: str, parameters: dict[str, Any]) -> Iterator[str]:
    """Objections to the parameters of a call, as they came."""
    model = _model(method)
    given = {name: _given(model, name, value) for name, value in parameters.items()}
    try:
        taken = model.model_validate(given, strict=True)
    except ValidationError as error:
        yield from _told(method, error)
    else:
        yield from _unknown(taken, method)


def answer(method: str, result: Any) -> Iterator[str]:
    """Objections to a result."""
    try:
        taken = _returned(method).validate_python(result)
    except ValidationError as error:
        yield from _told(f"the answer of {method}", error)
    else:
        yield from _unknown(taken, f"the answer of {method}")


def _model(method: str) -> Any:
    return getattr(methods, method[0].upper() + method[1:])


@cache
def _returned(method: str) -> TypeAdapter[Any]:
    """Building one takes ten times as long as using it."""
    return TypeAdapter(_model(method).__returning__)


def _given(model: Any, name: str, value: Any) -> Any:
    """A parameter as the model takes it: JSON read where it is no words, and a file where the sandbox noted one."""
    field = model.model_fields.get(name)
    words = field is not None and field.annotation in (str, str | None)
    read = decoded(value, ["String"] if words else [])
    return BufferedInputFile(b"content", value["file_name"]) if isinstance(read, dict) and set(read) == FILE else read


def _told(place: str, error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        yield f"{place}: {'.'.join(map(str, one['loc']))}: {one['msg']}"


def _unknown(value: Any, place: str) -> Iterator[str]:
    """Names that the models keep without knowing them."""
    if isinstance(value, BaseModel):
        yield from (f"{place} has no {name}" for name in value.model_extra or {})
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _unknown(inner, place)
