"""Shapes: what configuration and front matter must look like, and the faults when they do not.

pydantic finds everything that is wrong at once; this module turns its findings into faults
in an editor's words. It is the only one that knows pydantic's error types. Validators of
ours raise `refuse(code, message)`, whose code becomes the fault's.

pydantic takes a tenth of a second to import: rooms import this module when something has
to be validated, not before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from ssg.faults import Fault, Place, did_you_mean
from ssg.texts import is_language, one_line, parted
from ssg.urls import is_web, url_kind

Keys = tuple[str | int, ...]

#: For `refuse`: the number that the kind of file has for a value of the wrong shape.
WRONG: Final = "wrong"


class Shape(BaseModel):
    """A mapping in which a key that nobody reads is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=Shape)


def refuse(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """What a validator raises; braces in the message are taken literally."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes a kind of file uses for what is common to all: its own numbers."""

    unknown: str
    missing: str
    wrong: str


def check(
    shape: type[S],
    values: Mapping[str, Any],
    *,
    codes: Codes,
    locate: Callable[[Keys], Place],
    context: Mapping[str, Any] | None = None,
) -> S | tuple[Fault, ...]:
    """`values` in the given shape, or every fault in them with its place."""
    try:
        return shape.model_validate(values, context=dict(context or {}))
    except ValidationError as error:
        found = [_fault(shape, item, codes, locate) for item in error.errors(include_url=False)]
        return tuple(sorted(dict.fromkeys(found), key=_line))


def _line(fault: Fault) -> int:
    return (fault.place.line if fault.place else None) or 0


def _fault(shape: type[Shape], item: Any, codes: Codes, locate: Callable[[Keys], Place]) -> Fault:
    # pydantic says of a key that is wrong itself that it is one.
    keys: Keys = tuple(key for key in item["loc"] if key != "[key]")
    kind, context, name = item["type"], item.get("ctx", {}), _spell(keys)
    if kind == WRONG or kind[1:].isdigit():
        code = codes.wrong if kind == WRONG else kind
        return Fault(code, f"{name}: {context['message']}", locate(keys), context["hint"])
    if kind == "extra_forbidden":
        known = _known_keys(shape, keys)
        hint = did_you_mean(str(keys[-1]), known) or "keys of your own belong under extra"
        return Fault(codes.unknown, f'unknown key "{keys[-1]}"', locate(keys), hint)
    if kind == "missing":
        return Fault(codes.missing, f"{name} is missing", locate(keys[:-1]))
    message, remedy = _wrong(kind, context, item["input"])
    return Fault(codes.wrong, f"{name} {message}", locate(keys), remedy)


def _spell(keys: Keys) -> str:
    text = ""
    for key in keys:
        text += f" [{key + 1}]" if isinstance(key, int) else f"{' › ' if text else ''}{key}"
    return text or "the file"


def _known_keys(shape: type[Shape], keys: Keys) -> list[str]:
    """The keys that stand beside the unknown one: those of the record that holds it."""
    found: Any = shape
    for key in keys[:-1]:
        if isinstance(key, str) and key in found.model_fields:
            inner = _record_in(found.model_fields[key].annotation)
            if inner is None:
                return []
            found = inner
    return list(found.model_fields)


def _record_in(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _record_in(part)) is not None:
            return found
    return None


def _wrong(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str | None]:
    match kind:
        case "string_type":
            return "must be text", "write it in quotes if it looks like something else"
        case "tuple_type" | "list_type":
            return "must be a list", "write [one, two], or one item a line after a hyphen"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "must hold keys and values", None
        case "bool_type" | "bool_parsing":
            return "must be true or false", None
        case "int_type" | "int_parsing" | "int_from_float":
            return "must be a whole number", None
        case "literal_error":
            words = re.findall(r"'([^']+)'", str(context["expected"]))
            return f"must be one of {', '.join(words)}", did_you_mean(str(value), words)
        case "greater_than_equal":
            return f"must be {context['ge']} or more", None
        case "less_than_equal":
            return f"must be {context['le']} or less", None
        case _:
            return f"cannot be read ({kind.replace('_', ' ')})", None


# --- kinds of value that both configuration and front matter hold -----------------------


def _text(value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str) and not is_number:
        return value
    clean = one_line(str(value))
    if not clean:
        raise refuse(WRONG, "is empty")
    return clean


def _maybe_text(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _url(value: object) -> object:
    if isinstance(value, str) and url_kind(value) in {"refused", "relative"}:
        hint = "allowed are https://…, http://…, mailto:… and paths of the site"
        raise refuse("E303", f'"{value}" is no address for a reader', hint)
    return value


def _web(value: object) -> object:
    if isinstance(value, str) and not is_web(value):
        raise refuse("E303", f'"{value}" is no web address', "it begins with https:// or http://")
    return value


def _language(value: object) -> object:
    if isinstance(value, str) and not is_language(value):
        raise refuse(WRONG, f'"{value}" is no language tag', "such as en, de or pt-BR")
    return value


def in_commas(value: object) -> object:
    """For lists whose items hold no comma: bare text may name several, parted by commas."""
    if isinstance(value, str):
        return parted(value)
    return one_or_many(value)


def one_or_many(value: object) -> object:
    """For lists that may be written as one bare text, or left empty."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
MaybeText = Annotated[str, BeforeValidator(_maybe_text)]
Url = Annotated[str, BeforeValidator(_url), BeforeValidator(_text)]
WebUrl = Annotated[str, BeforeValidator(_web), BeforeValidator(_text)]
Language = Annotated[str, BeforeValidator(_language), BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]
