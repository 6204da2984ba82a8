"""The inputs of a build: configuration, content and theme, with every fault found in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ssg.build.code import code_digest, code_stamp, extension_files
from ssg.build.execute import workers_of
from ssg.build.order import Order
from ssg.build.reading import Reading, read_site, remembered
from ssg.build.scan import Scan
from ssg.build.standing import Mark
from ssg.build.store import Row, Store
from ssg.config import PATH as CONFIG
from ssg.config import Config, place_in_toml, read_config
from ssg.content import Content, Text, content_of, decode
from ssg.digest import digest
from ssg.faults import Fault, Halt, Place, errors
from ssg.model import Copy
from ssg.pages import TEMPLATES
from ssg.theme import Theme, load_theme

SALT = "salt"
CODE = "code"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a site's folder says; `root` are the files of `content/root/`.

    `found` is what the scan saw, `rows` what the store knew of it, `reading` what is new.
    `code` is the digest of all code that prints, `salt` of what documents are read with,
    `quarantined` the files whose last good state stands in for what they say now.
    """

    config: Config
    content: Content
    root: tuple[Copy, ...]
    theme: Theme
    faults: tuple[Fault, ...]
    found: Scan
    rows: Mapping[str, Row]
    reading: Reading
    texts: Mapping[str, Text]
    code: str
    code_mark: Code
    salt: str
    quarantined: frozenset[str] = frozenset()


class Code(msgspec.Struct, frozen=True):
    """The digest of the code, and the stamp under which it need not be made again."""

    stamp: str
    extensions: tuple[str, ...]
    files: tuple[str, ...]
    digest: str


def read_inputs(
    order: Order,
    found: Scan,
    store: Store,
    rows: Mapping[str, Row],
    mark: Mark | None,
) -> Inputs:
    """Everything a build depends on but its instant. Raises `Halt` when it cannot be read."""
    config = load_config(order.site)
    trouble = tuple(_extensions(order.site, config))
    if trouble:
        raise Halt((*trouble, *found.faults))
    code = _code(store, config.markdown_extensions)
    salt = digest((code.digest, config.timezone, config.lang, config.base_url))
    trusted = not order.clean and store.about(SALT) == salt.encode()
    workers = workers_of(order.workers)
    reading = read_site(found, rows, config, workers, trusted=trusted)
    complete = trusted and mark is not None and rows.keys() <= found.files.keys()
    last_good = rows if trusted else {}
    content, texts, faults = _content(
        order, found, reading, last_good, reading.fresh if complete else None
    )
    faults = (*reading.faults, *faults)
    try:
        theme, more = load_theme(order.site, config.theme, TEMPLATES)
    except Halt as halt:
        raise Halt((*faults, *halt.faults)) from None
    faults = (*faults, *more)
    quarantined = frozenset(reading.broken) if order.keep_going else frozenset()
    if any(not _is_of(fault, quarantined) for fault in errors(faults)):
        raise Halt(faults)
    return Inputs(
        config=config,
        content=content,
        root=tuple(reading.root),
        theme=theme,
        faults=faults,
        found=found,
        rows=rows,
        reading=reading,
        texts=texts,
        code=code.digest,
        code_mark=code,
        salt=salt,
        quarantined=quarantined,
    )


def _is_of(fault: Fault, paths: Collection[str]) -> bool:
    return fault.place is not None and fault.place.path in paths


def _content(
    order: Order,
    found: Scan,
    reading: Reading,
    last_good: Mapping[str, Row],
    fresh: Collection[str] | None,
) -> tuple[Content, Mapping[str, Text], tuple[Fault, ...]]:
    """The content, and its faults; with `keep_going`, without what is faulty.

    What is faulty is taken as it last was; where that names what is not there any more, or
    where there is none, it is left out. Each round takes something away, so there is an end.
    """
    texts = dict(reading.texts)
    faults = [fault for path in sorted(reading.broken) for fault in reading.broken[path]]

    def text_of(path: str) -> str:
        file = Path(found.files[path].file)
        text = decode(path, file.read_bytes()) if file.exists() else ""
        return "" if isinstance(text, Fault) else text

    if not order.keep_going:
        content = content_of(texts, reading.media, text_of, reading.broken, fresh)
        return content, texts, (*faults, *content.faults)
    _stand_in(texts, reading.broken, last_good)
    while True:
        content = content_of(texts, reading.media, text_of)
        wrong = {f.place.path: f for f in errors(content.faults) if f.place}
        faults += content.faults
        if not wrong:
            return content, texts, tuple(dict.fromkeys(faults))
        _stand_in(texts, wrong, {} if wrong.keys() <= reading.broken.keys() else last_good)
        for path, fault in wrong.items():
            reading.broken.setdefault(path, (fault,))


def _stand_in(texts: dict[str, Text], paths: Collection[str], last_good: Mapping[str, Row]) -> None:
    """Puts the last good state of files in the place of what they say now, or takes them out."""
    for path in paths:
        row = last_good.get(path)
        if row and row.record:
            texts[path] = remembered(path, row.record)
        else:
            texts.pop(path, None)


def _code(store: Store, extensions: tuple[str, ...]) -> Code:
    """The code's digest: the last one while the code's stamp is the same."""
    data = store.about(CODE)
    last = msgspec.msgpack.decode(data, type=Code) if data else None
    files = extension_files(extensions)
    stamp = code_stamp(files)
    if last and (last.stamp, last.extensions) == (stamp, extensions):
        return last
    return Code(stamp, extensions, files, code_digest(extensions))


def _extensions(site: Path, config: Config) -> Iterator[Fault]:
    """The site's own Markdown extensions that cannot be used."""
    for name in config.markdown_extensions:
        if ":" not in name:
            continue
        from ssg.theme import trouble_with

        if trouble := trouble_with(name):
            text = (site / CONFIG).read_text(encoding="utf-8-sig")
            place = place_in_toml(text, ("markdown", "extensions"))
            yield Fault("E104", f'the Markdown extension "{name}" failed: {trouble}', place)


def load_config(site: Path) -> Config:
    """The site's configuration. Raises `Halt` with every fault in it."""
    try:
        text = (site / CONFIG).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "ssg init DIR makes a new site"
        raise Halt((Fault("E101", f"there is no {CONFIG} in {site}", None, hint),)) from None
    except UnicodeDecodeError:
        raise Halt((Fault("E306", "the file is not text in UTF-8", Place(CONFIG)),)) from None
    config = read_config(text)
    if isinstance(config, Config):
        return config
    raise Halt(config)


def without(inputs: Inputs, paths: Collection[str], faults: tuple[Fault, ...]) -> Inputs:
    """The inputs less some files, whose outputs cannot be made beside others: see `faults`."""
    texts = {path: text for path, text in inputs.texts.items() if path not in paths}
    content = content_of(texts, inputs.content.media, lambda _: "", fresh=())
    return replace(
        inputs,
        texts=texts,
        content=content,
        faults=(*inputs.faults, *faults),
        quarantined=inputs.quarantined | set(paths),
    )
