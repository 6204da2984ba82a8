"""Faults as values: what is wrong, where, and what would mend it.

A room that meets bad input returns faults beside its result; nothing is raised for
what an editor may have typed, so that one run can show everything that is wrong.
`Halt` carries faults across a boundary where no result can be given at all.

The first letter of a code is its severity: E error, W warning, N note; a site may judge
what `ssg check` finds otherwise. Only errors make the exit status 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

_SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}

#: Every code with the sentence that heads it in `docs/reference/faults.md`.
CATALOGUE: dict[str, str] = {
    # the site and its configuration
    "E101": "no config.toml here or in any folder above",
    "E102": "config.toml is not valid TOML",
    "E103": "unknown key in config.toml",
    "E104": "a value in config.toml is missing or has the wrong shape",
    "E105": "content/home.toml cannot be read",
    "E106": "the folder for a new site is not empty",
    # front matter
    "E201": "no front matter at the top of the file",
    "E202": "front matter is never closed",
    "E203": "front matter is not valid YAML",
    "E204": "front matter has the same key twice",
    "E205": "front matter is not a list of keys and values",
    "E206": "unknown key in front matter",
    "E207": "a required key is missing",
    "E208": "a value has the wrong shape",
    "E209": "front matter is too large",
    "E210": "a date that cannot be read",
    "E211": "a local time that the clocks skip or repeat",
    # content
    "E301": "an id that names nothing",
    "E302": "a link to a file that is not there",
    "E303": "a URL that is neither http, https, mailto nor inside the site",
    "E304": "a content file lies where no URL can be made from its path",
    "E305": "two documents have one id",
    "E306": "a file is not text in UTF-8",
    "E307": "a link on disk leads out of the site",
    "E308": "a body that cannot be turned into a page",
    "E309": "a body that would take too long to convert",
    "E310": "a pseudonym that its own file gives away",
    "E311": "two authors under one name",
    "E321": "content/published.jsonl cannot be read",
    "E322": "content/retired.toml cannot be read",
    "E323": "an address that cannot be retired",
    "E324": "an icon that cannot be used",
    "W301": "a file in content/ that is not used",
    "W310": "a picture without credit or licence",
    "W311": "a picture in a text without alternative text",
    "W312": "a text that names somebody behind a pseudonym",
    "W320": "an address that was published leads nowhere now",
    "W323": "a published body was changed without a word of it",
    "N310": "a licence that ends at a border",
    # pages
    "E401": "two outputs have one address",
    "E402": "an address that no page has",
    "E403": "a file of which no page is made",
    # themes
    "E501": "no theme of that name",
    "E502": "a template has a mistake",
    "E503": "a template names another that is not there",
    "E504": "a template names an asset that is not there",
    "E505": "a template reaches for what the contract forbids",
    "E506": "a theme's own description or words cannot be read",
    "E507": "a template failed on a page",
    # ingest
    "E601": "a raw text cannot be decoded",
    "E602": "a raw text holds nothing to publish",
    "E603": "a raw text and its article were both changed",
    "E604": "an article changed while it was being replaced",
    "E605": "a receipt cannot be read",
    "E606": "two raw texts have one name",
    "E610": "a raw text has more lines than any article",
    "E620": "an answer cannot be written into its article",
    "W601": "a raw text could be read only by guessing its encoding",
    "W602": "a raw text is gone, its article is not",
    "W610": "a raw text turns the order of its letters round",
    # build and output
    "E701": "the output folder holds files that are not ours",
    "E702": "an output would overwrite a file that is not ours",
    "E703": "the output folder would swallow the site",
    "E704": "the machine refused to read or write",
    "E705": "an incremental build differs from a clean one",
    "E706": "the manifest cannot be read",
    "E707": "another build is at work",
    "N701": "files in the output folder that are not ours",
    # the proof of attribution
    "E801": "two forms name different authors",
    "E802": "two forms lead to different pages of an author",
    "E803": "two forms have another order",
    "E804": "two forms give an author different parts",
    "E805": "two forms name different sources",
    "E806": "two forms differ in how a story rests on its sources",
    "E807": "a credit line or a licence of a source is missing",
    "E808": "two forms credit a picture differently",
    "E809": "two forms tell different corrections",
    "E810": "words that stand for something else",
    "E811": "a story that is credited to nobody who is known",
    "E812": "a credit that leads nowhere, or to somebody else",
    "E813": "a form of credit that cannot be read",
    "E814": "a feed that holds other stories than it should",
    "E815": "no article whose attribution could be proved",
    # deploy
    "E850": "nothing has been built",
    "E851": "a file is not as the build left it",
    "E852": "the last build shows drafts or the future",
    "E853": "files were left out of the last build",
    "E854": "guesses that nobody has settled would be published",
    "E855": "a secret in config.toml",
    "E856": "a place that nothing can be published to",
    "E857": "files at the destination are not ours",
    "E858": "somebody else is publishing",
    "E859": "the far end failed",
    "E860": "too much would be deleted",
    "E861": "an empty site would be published",
    "E862": "the site was built for another domain",
    "E863": "articles have other ids than before",
    "E865": "readers do not get what was sent",
    "E866": "no release to go back to",
    "E867": "a former release is damaged",
    "E868": "the destination went on meanwhile",
    "E869": "something that the destination needs is not installed",
    "E880": "the host is not known",
    "E881": "the destination lets nobody in",
    "E882": "the destination is not there",
    "W852": "the record at the destination was lost or changed",
    "W853": "somebody could not be told",
    "W854": "guesses that nobody has settled are to be published",
    # what `ssg check` finds
    "E901": "a link to an address that this site does not have",
    "W901": "a link to a place that its page does not have",
    "W902": "a guess that nobody has settled",
    "W905": "an article without an author",
    "W906": "a heading that skips a level",
    "W907": "two articles have one headline",
    "W908": "two articles are nearly the same",
    "W909": "a placeholder was left in",
    "W910": "a word stands twice",
    "W911": "a date that cannot be right",
    "W912": "a weekday that is not that of its date",
    "W913": "a quotation mark that is never closed",
    "W914": "a quotation is other than in the raw text",
    "W915": "a web address that does not answer",
    "N902": "a thin article",
    "N903": "an author whom no article credits",
    "N904": "a source that no article rests on",
    "N905": "a section without articles",
    "N906": "a quotation that the raw text does not have",
    "N907": "a web address that has moved for good",
    "N908": "a web address of which nothing is known",
    "N909": "a raw text that is not taken in",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault lies: a path relative to the site, lines and columns counted from 1."""

    path: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    length: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in words for the editor; `hint` says how to mend it.

    `judged` is how severe a site takes it to be, where that is not what its code says.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str | None = None
    judged: Severity | None = None

    @property
    def severity(self) -> Severity:
        return self.judged or _SEVERITIES[self.code[0]]


class Halt(Exception):  # noqa: N818 - it carries faults, it is not one
    """Work cannot go on. Takes exactly one argument, so that it survives pickling."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those that make a run fail."""
    return tuple(fault for fault in faults if fault.severity == "error")


def place_at(path: str, text: str, offset: int, length: int = 1) -> Place:
    """The place of a character offset in `text`."""
    line = text.count("\n", 0, offset) + 1
    start = text.rfind("\n", 0, offset) + 1
    return place_on(path, text, line, offset - start + 1, length)


def place_on(path: str, text: str, line: int, column: int = 1, length: int = 1) -> Place:
    """The place of a line and column in `text`, both counted from 1."""
    lines = text.split("\n")
    excerpt = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else None
    return Place(path, line, column, excerpt, length)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be."""
    import difflib

    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known word, if one is near."""
    match = nearest(word, known)
    return f'did you mean "{match}"?' if match else None
