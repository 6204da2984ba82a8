"""The inputs of a build: configuration, content and theme, with every fault found in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ssg.build.code import code_digest, code_stamp, extension_files
from ssg.build.execute import workers_of
from ssg.build.order import Order
from ssg.build.reading import Former, Reading, Records, read_again, read_site
from ssg.build.scan import CONTENT, ROOT, Scan
from ssg.build.standing import Mark, recalled
from ssg.build.store import Row, Store
from ssg.config import PATH as CONFIG
from ssg.config import Config, place_in_toml, read_config
from ssg.content import Content, Text, content_of, decode
from ssg.digest import digest, digest_bytes
from ssg.faults import Fault, Halt, Place, errors
from ssg.model import Article, Copy
from ssg.pages import TEMPLATES
from ssg.theme import Inspection, Theme, load_theme

SALT = "salt"
CODE = "code"
THEME = "theme"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a site's folder says; `root` are the files of `content/root/`.

    `found` is what the scan saw, `rows` what the store knew of it, `reading` what is new.
    `settings` is the digest of the text that `config` was read from, `code` all code that prints,
    `stamp` that of the code and of installed themes as they were when they were read, `salt` the
    digest of what documents are read with, `quarantined` the files whose last good state stands
    in for what they say now, `rewritten` the articles whose bodies have changed where nothing
    else has since the last build (else none).
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
    settings: str
    code: Code
    stamp: str
    salt: str
    theme_faults: tuple[Fault, ...] = ()
    rewritten: frozenset[str] = frozenset()
    quarantined: frozenset[str] = frozenset()


class Code(msgspec.Struct, frozen=True):
    """The digest of the code, and the stamp under which it need not be made again.

    `files` are those of the site's own Markdown extensions.
    """

    stamp: str
    files: tuple[str, ...]
    digest: str


class _LastConfig(msgspec.Struct, frozen=True):
    """A configuration, and the digest of the text that it was read from."""

    text: str
    config: Config


def read_inputs(
    order: Order,
    found: Scan,
    store: Store,
    rows: Mapping[str, Row],
    mark: Mark | None,
    former: Former | None = None,
) -> Inputs:
    """Everything a build depends on but its instant. Raises `Halt` when it cannot be read.

    `former` is what this process has read of the files that the rows tell of, if it has.
    """
    last = _last_code(store)
    settings = _settings(order.site)
    config = _config(order.site, settings, store, last)
    code = last or _code(config.markdown_extensions)
    salt = digest((code.digest, config.timezone, config.lang, config.base_url))
    trusted = not order.clean and store.about(SALT) == salt.encode()
    if former is None or not trusted:
        former = Records(store.records() if trusted else {})
    reading = read_site(found, rows, former, config, workers_of(order.workers))
    if CONFIG in reading.rows:  # a row must not tell of a later text than the one that was read
        reading.rows[CONFIG] = reading.rows[CONFIG]._replace(digest=digest_bytes(settings))
    complete = trusted and mark is not None and rows.keys() <= found.files.keys()
    content, texts, faults = _content(
        order, found, reading, former, reading.fresh if complete else None
    )
    theme, more = _theme(order, config, store, last, (*reading.faults, *faults))
    faults = (*reading.faults, *faults, *more)
    quarantined = frozenset(reading.broken) if order.keep_going else frozenset()
    if any(not _is_of(fault, quarantined) for fault in errors(faults)):
        raise Halt(faults)
    return Inputs(
        config=config,
        content=content,
        root=tuple(_root(reading)),
        theme=theme,
        theme_faults=more,
        faults=faults,
        found=found,
        rows=rows,
        reading=reading,
        texts=texts,
        settings=digest_bytes(settings),
        code=code,
        stamp=code_stamp(files_beside(code, theme)),
        salt=salt,
        rewritten=frozenset(
            _rewritten(reading) if complete and last and rows.keys() == found.files.keys() else ()
        ),
        quarantined=quarantined,
    )


def reread_inputs(
    order: Order,
    found: Scan,
    store: Store,
    rows: Mapping[str, Row],
    before: Inputs,
    look: Collection[str],
) -> Inputs:
    """The inputs before, with another look at these files; none of them is the configuration.

    What no longer fits together then raises `Halt`, as in `read_inputs`.
    """
    config = before.config
    reading = read_again(before.reading, look, found, rows, config, workers_of(order.workers))
    same = all((path in rows) == (path in found.files) for path in look)
    rewritten = _rewritten(reading) if same else set()
    content, texts, faults = _content_again(order, found, rows, before, reading, rewritten)
    theme, more, stamp = before.theme, before.theme_faults, before.stamp
    if not all(path.startswith(CONTENT) for path in look):
        theme, more = _theme(order, config, store, before.code, (*reading.faults, *faults))
        stamp = code_stamp(files_beside(before.code, theme))
    faults = (*reading.faults, *faults, *more)
    if errors(faults):
        raise Halt(faults)
    return replace(
        before,
        content=content,
        root=tuple(_root(reading)),
        theme=theme,
        theme_faults=more,
        faults=faults,
        found=found,
        rows=rows,
        reading=reading,
        texts=texts,
        stamp=stamp,
        rewritten=frozenset(rewritten),
    )


def _content_again(
    order: Order,
    found: Scan,
    rows: Mapping[str, Row],
    before: Inputs,
    reading: Reading,
    rewritten: set[str],
) -> tuple[Content, Mapping[str, Text], tuple[Fault, ...]]:
    """The content with what was read again; as it was where nothing of it has changed."""
    if rewritten:
        texts = (reading.texts[path] for path in rewritten)
        articles = [text for text in texts if isinstance(text, Article)]
        return before.content.rewritten(articles), reading.texts, ()
    changed = (*reading.fresh, *reading.others, *reading.broken)
    if not any(path.startswith(CONTENT) for path in changed):
        return before.content, reading.texts, ()
    fresh = reading.fresh if rows.keys() <= found.files.keys() else None
    return _content(order, found, reading, {}, fresh)


def _theme(
    order: Order, config: Config, store: Store, code: Code | None, faults: tuple[Fault, ...]
) -> tuple[Theme, tuple[Fault, ...]]:
    """The theme; where there is none, `Halt` with the faults so far as well."""
    try:
        return load_theme(order.site, config.theme, TEMPLATES, _inspections(store, code))
    except Halt as halt:
        raise Halt((*faults, *halt.faults)) from None


def _root(reading: Reading) -> Iterator[Copy]:
    for path, file in reading.files.items():
        yield Copy(path.removeprefix(ROOT), file.digest, path, origin=path)


def _rewritten(reading: Reading) -> set[str]:
    """The articles whose bodies have changed, where no more was read that has."""
    more = reading.others or reading.broken or reading.fresh != reading.rewritten
    return set() if more else reading.rewritten


def _is_of(fault: Fault, paths: Collection[str]) -> bool:
    return fault.place is not None and fault.place.path in paths


def _content(
    order: Order,
    found: Scan,
    reading: Reading,
    last_good: Former,
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


def _stand_in(texts: dict[str, Text], paths: Collection[str], last_good: Former) -> None:
    """Puts the last good state of files in the place of what they say now, or takes them out."""
    for path in paths:
        good = last_good.get(path)
        if good is None:
            texts.pop(path, None)
        else:
            texts[path] = good


def _last_code(store: Store) -> Code | None:
    """What was known of the code, if nothing of it can have changed since."""
    last = recalled(store.about(CODE), Code)
    return last if last and last.stamp == code_stamp(last.files) else None


def _code(extensions: tuple[str, ...]) -> Code:
    files = extension_files(extensions)
    return Code(code_stamp(files), files, code_digest(extensions))


def files_beside(code: Code, theme: Theme) -> tuple[str, ...]:
    """What the site is made with and that need not lie in its folder."""
    return (*code.files, *theme.elsewhere)


def _config(site: Path, settings: bytes, store: Store, code: Code | None) -> Config:
    """The configuration: as it was read last while neither its text nor the code has changed."""
    data = store.about(CONFIG) if code else None
    if data:
        last = msgspec.msgpack.decode(data, type=_LastConfig)
        if last.text == digest_bytes(settings):
            return last.config
    config = _config_of(settings)
    if trouble := tuple(_extensions(site, config)):
        raise Halt(trouble)
    return config


def _inspections(store: Store, code: Code | None) -> dict[str, Inspection]:
    """What the last build found out of its theme, while the code is the same."""
    data = store.about(THEME) if code else None
    return msgspec.msgpack.decode(data, type=dict[str, Inspection]) if data else {}


def remarks(inputs: Inputs) -> dict[str, bytes | None]:
    """What the next build need not find out again: see `read_inputs`."""
    encode = msgspec.msgpack.encode
    config = _LastConfig(inputs.settings, inputs.config)
    return {
        CODE: encode(inputs.code),
        SALT: inputs.salt.encode(),
        CONFIG: encode(config) if _is_plain(inputs.config.extra) else None,
        THEME: encode({inputs.theme.digest: inputs.theme.inspection}),
    }


def _is_plain(value: object) -> bool:
    """Whether MessagePack gives the value back as it is: TOML has dates, too."""
    match value:
        case dict():
            return all(map(_is_plain, value.values()))
        case list():
            return all(map(_is_plain, value))
        case _:
            return value is None or isinstance(value, str | bool | float | int)


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
    return _config_of(_settings(site))


def _settings(site: Path) -> bytes:
    """The text of the configuration; it may be another one a moment later."""
    try:
        return (site / CONFIG).read_bytes()
    except FileNotFoundError:
        hint = "ssg init DIR makes a new site"
        raise Halt((Fault("E101", f"there is no {CONFIG} in {site}", None, hint),)) from None


def _config_of(settings: bytes) -> Config:
    try:
        text = settings.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Halt((Fault("E306", "the file is not text in UTF-8", Place(CONFIG)),)) from None
    config = read_config(text)
    if isinstance(config, Config):
        return config
    raise Halt(config)


def with_texts(inputs: Inputs, texts: Mapping[str, Text]) -> Inputs:
    """The inputs with other texts, of which each names only what is there."""
    content = content_of(texts, inputs.content.media, lambda _: "", fresh=())
    return replace(inputs, texts=texts, content=content)


def without(inputs: Inputs, paths: Collection[str], faults: tuple[Fault, ...]) -> Inputs:
    """The inputs less some files, whose outputs cannot be made beside others: see `faults`."""
    texts = {path: text for path, text in inputs.texts.items() if path not in paths}
    return replace(
        with_texts(inputs, texts),
        faults=(*inputs.faults, *faults),
        quarantined=inputs.quarantined | set(paths),
    )
