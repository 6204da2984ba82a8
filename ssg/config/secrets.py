"""Secrets in `config.toml`: a fault, and one that never shows the secret.

The file is under version control and read by everybody who works on the site. Passwords and
tokens come from the environment, from an agent or from a file of credentials.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from ssg.faults import Fault, Place

Keys = tuple[str | int, ...]

_TABLE: Final = "deploy"
_NAME = re.compile(
    r"pass(word|wd|phrase)?|secret|token|credentials?|(api|access|account|private|shared)_?key|sas",
    re.IGNORECASE,
)
_HARMLESS: Final = frozenset({_TABLE, "keep", "grace", "ours", "switch", "verify"})
_HINT: Final = "take it out, change it where it was issued, and set it in the environment"


def secrets_in(values: Mapping[str, Any], locate: Callable[[Keys], Place]) -> Iterator[Fault]:
    """A fault for each secret in a `[deploy.NAME]`, at its line."""
    for keys, value in _leaves(values.get(_TABLE), (_TABLE,)):
        if _is_secret(keys, value):
            message = f"{' › '.join(map(str, keys))} holds a secret"
            yield Fault("E855", message, locate(keys), _HINT)


def without_secrets(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without the secrets, so that no other fault prints one."""
    cleaned = _cleaned(values.get(_TABLE), (_TABLE,))
    return {**values, _TABLE: cleaned} if _TABLE in values else dict(values)


def could_hold_secret(keys: Keys) -> bool:
    """Whether a line is not to be shown: of a destination all but the keys that have no room."""
    return keys[:1] == (_TABLE,) and keys[-1] not in _HARMLESS


def could_be_secret(line: str) -> bool:
    """Whether a line of a file that cannot be read might hold a secret."""
    return _NAME.search(line) is not None or re.search(r"://[^/\s]*@", line) is not None


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*keys, key))
    else:
        yield keys, value


def _cleaned(value: Any, keys: Keys) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, item in value.items():
        if not _is_secret((*keys, key), item):
            kept[key] = _cleaned(item, (*keys, key))
        elif key == "url":
            kept[key] = _without_password(item)
    return kept


def _is_secret(keys: Keys, value: Any) -> bool:
    """Tables are looked into; a key of that name, or a URL with a password, is a secret."""
    if isinstance(value, dict):
        return False
    named = len(keys) > 2 and _NAME.fullmatch(str(keys[-1])) is not None  # noqa: PLR2004
    return named or (isinstance(value, str) and has_password(value))


def has_password(url: str) -> bool:
    """Whether a URL carries one."""
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return "@" in url


def _without_password(url: str) -> str:
    return re.sub(r"//[^/]*@", "//", url)
