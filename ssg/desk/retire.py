"""Retire: an address is taken back, and `content/retired.toml` says why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from ssg.config import Config
from ssg.content import PUBLISHED, RETIRED
from ssg.content.published import read_published
from ssg.content.references import is_site_path
from ssg.content.retired import read_retired, with_retired
from ssg.desk.files import Write, bytes_at, carry_out, inside
from ssg.digest import digest_bytes
from ssg.faults import Fault, Halt, Place, did_you_mean
from ssg.model import Record

_SAFE = "/-._~!$&'()*+,;=:@"


def retire(site: Path, config: Config, url: str, reason: str, now: datetime) -> str:
    """Adds an entry for an address as readers see it, and gives it as it was written down.

    Raises `Halt` where it was never published, is retired already, or the file has faults.
    """
    address = _address(url, config)
    data = bytes_at(site / RETIRED)
    text = (data or b"").decode()
    known = read_retired(text, config)
    if isinstance(known, tuple):
        raise Halt(known)
    if _same(address) in {_same(page.url) for page in known.pages}:
        raise Halt((Fault("E323", f"{address} is retired already", Place(RETIRED)),))
    _refuse_unknown(address, _records(site))
    fresh = with_retired(text, address, reason, now).encode()
    write = Write(RETIRED, fresh, "new")
    if data is not None:
        write = Write(RETIRED, fresh, "replace", digest_bytes(data))
    if fault := inside(site, RETIRED) or carry_out(site, write):
        raise Halt((fault,))
    return address


def _address(url: str, config: Config) -> str:
    """The address as the record writes it: no host, no base path, percent-encoded."""
    path = unquote(urlsplit(url).path)
    inner = path.removeprefix(config.base_path.rstrip("/"))
    if "." not in inner.rpartition("/")[2] and not inner.endswith("/"):
        inner += "/"
    if not is_site_path(inner) or inner == "/":
        hint = "give the address as readers see it, such as /2026/03/slug/"
        raise Halt((Fault("E323", f'"{url}" is no address that can be retired', None, hint),))
    return quote(inner, safe=_SAFE)


def _same(url: str) -> str:
    return unquote(url).rstrip("/")


def _records(site: Path) -> tuple[Record, ...]:
    records, faults = read_published((bytes_at(site / PUBLISHED) or b"").decode())
    if faults:
        raise Halt(faults)
    return records


def _refuse_unknown(address: str, records: tuple[Record, ...]) -> None:
    """Where there is a record an address that it lacks was mistyped."""
    urls = [record.url for record in records]
    if urls and _same(address) not in set(map(_same, urls)):
        hint = did_you_mean(address, urls) or f"{PUBLISHED} has every address that was"
        raise Halt((Fault("E323", f"{address} was never published", None, hint),))
