"""Permanence: an address that was published stays live, leads on, or says that it is gone.

What `content/published.jsonl` records and no page of the site makes gets one here: a redirect
to where the article is now, known by its id, so that many moves are one step for readers; a
redirect to the list above where a list has become empty; a notice where the address was
retired, or its article has expired. What then is left over leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ssg.content.published import PATH as PUBLISHED
from ssg.content.retired import PATH as RETIRED
from ssg.faults import Fault, Place, Severity
from ssg.model import Article, Library, Live, Output, Page, Record, Tombstone
from ssg.pages.addresses import Addresses, alias_place, article_place, output_path
from ssg.pages.edition import Edition
from ssg.pages.head import Head
from ssg.pages.parts import iso
from ssg.pages.views import TEMPLATES, GoneView, RedirectView

#: What is at an address that one could give to a friend: every page but those of the lost.
_LIVING: Final = TEMPLATES.keys() - {"404.html", "gone.html"}
#: A page of no article: a list, an author, a standing page.
_NO_STORY: Final = Live()
#: Addresses as `content/published.jsonl` writes them: without the base path.
_RECORDED: Final = Addresses("/", "/")

#: The lists that nobody wrote: they go when they are empty.
_GATHERED: Final = frozenset({"tags", "series", "corrections"})
_INDEXES: Final = frozenset({"authors/", "sources/", "sections/"})
_INDEX: Final = "index.html"


def place_of(url: str) -> str:
    """The place of an address as `content/published.jsonl` writes it."""
    return alias_place(url)


def redirects(aliases: Iterable[str], title: str, path: str, edition: Edition) -> Iterator[Page]:
    """A page at each former address, which leads to where the document at `path` is now."""
    for alias in aliases:
        yield _redirect(alias_place(alias), title, edition.url(path), edition, path)


def _redirect(
    place: str, title: str, target: str, edition: Edition, origin: str | None = None
) -> Page:
    frame = edition.frame
    head = Head(
        title=title,
        site_title=frame.site.title,
        url=frame.at.url(place),
        canonical=frame.at.absolute(target),
        indexed=False,
        refresh=target,
    )
    view = RedirectView(
        head=head,
        url=frame.at.url(place),
        title=title,
        lang=frame.site.lang,
        dir=frame.site.dir,
        target=target,
    )
    return Page(output_path(place), "redirect.html", view, origin)


def pages_of_the_past(pages: Iterable[Page], edition: Edition) -> Iterator[Page]:
    """The pages at addresses that were published or retired, where the site has no other."""
    library = edition.library
    taken = {page.path for page in pages}
    for tombstone in library.retired.pages:
        yield _gone(place_of(tombstone.url), tombstone, edition)
    taken |= {output_path(place_of(tombstone.url)) for tombstone in library.retired.pages}
    lost = [record for record in library.published.records if _path_of(record.url) not in taken]
    if lost:
        yield from _pages_of(lost, taken, edition)


def _pages_of(lost: Iterable[Record], taken: Collection[str], edition: Edition) -> Iterator[Page]:
    library = edition.library
    by_id = {article.id: article for article in _standing(library)}
    expired = {held.article.id for held in library.held if held.reason == "expired"}
    for record in lost:
        place, article = place_of(record.url), by_id.get(record.id or "")
        if article:
            target = edition.frame.at.url(article_place(article))
            yield _redirect(place, article.title, target, edition, article.path)
        elif record.id in expired:
            yield _gone(place, None, edition)
        elif (above := _list_above(place, taken)) is not None:
            title, target = edition.frame.site.title, edition.frame.at.url(above)
            yield _redirect(place, title, target, edition)


def _standing(library: Library) -> Iterator[Article]:
    """The articles that have an address: all that are published, and those of which a notice is."""
    yield from library.articles
    yield from (lapsed.article for lapsed in library.lapsed)


def _list_above(place: str, taken: Collection[str]) -> str | None:
    """Where a list that is empty now leads: to the nearest one above it; None for other pages."""
    parts = place.strip("/").split("/")
    is_older = len(parts) > 1 and parts[-2] == "page" and parts[-1].isdigit()
    is_archive = len(parts) <= 2 and all(part.isdigit() for part in parts)  # noqa: PLR2004 - YYYY/MM
    is_gathered = parts[0] in _GATHERED or place in _INDEXES
    if not (is_older or is_archive or is_gathered):
        return None
    while parts:
        parts = parts[: -2 if parts[-2:-1] == ["page"] else -1]
        above = "".join(f"{part}/" for part in parts)
        if output_path(above) in taken:
            return above
    return ""


def _gone(place: str, tombstone: Tombstone | None, edition: Edition) -> Page:
    """The notice at an address where nothing lives any more."""
    frame, title = edition.frame, edition.frame.titles["gone"]
    url = frame.at.url(place)
    view = GoneView(
        head=Head(title=title, site_title=frame.site.title, url=url, indexed=False),
        url=url,
        title=title,
        lang=frame.site.lang,
        dir=frame.site.dir,
        crumbs=(frame.home,),
        reason=tombstone.reason if tombstone else None,
        date=iso(tombstone.date, frame.zone) if tombstone and tombstone.date else None,
    )
    return Page(output_path(place), "gone.html", view, RETIRED if tombstone else None)


def _path_of(url: str) -> str:
    """The output at an address; `alias_place` in full is only for those that are not plain."""
    if "%" not in url and url.endswith("/") and "//" not in url and "/." not in url:
        return f"{url[1:]}{_INDEX}"
    return output_path(place_of(url))


def vanished(records: Iterable[Record], outputs: Collection[str]) -> tuple[Record, ...]:
    """The recorded addresses at which the site has no output: no page, no redirect, no notice.

    `outputs` are paths in the output folder, such as the keys of a manifest's `files`.
    """
    return tuple(record for record in records if _path_of(record.url) not in outputs)


def vanished_faults(
    records: Iterable[Record],
    severity: Severity,
    articles: Iterable[Article] = (),
) -> Iterator[Fault]:
    """A fault for each address that leads nowhere: a warning in a build, an error before a deploy.

    `articles` are those of the site: one that has the body of a record was probably moved, and
    lost an id that stood nowhere but in its path.
    """
    by_body = {article.body.digest: article for article in articles}
    for record in records:
        hint = (
            "bring it back, name it in the aliases of what took its place, or: "
            f"ssg retire {record.url} --reason …"
        )
        if moved := by_body.get(record.digest or ""):
            hint = f"was it moved to {moved.path}? Then write there: id: {record.id}"
        message = f"{record.url} was published and leads nowhere now"
        yield Fault("W320", message, Place(PUBLISHED), hint, severity)


def changed_silently(library: Library) -> Iterator[Fault]:
    """A fault for each article whose body is not the one that readers know, without a word of it.

    A moved article is compared with what stood at its former address.
    """
    known = {
        record.id: record for record in library.published.records if record.id and record.digest
    }
    if not known:
        return
    for article in library.articles:
        record = known.get(article.id)
        if (
            record
            and record.digest != article.body.digest
            and len(article.corrections) <= record.corrections
        ):
            yield _silent(article)


def _silent(article: Article) -> Fault:
    hint = "add an entry to corrections, of kind correction, clarification or update"
    message = "the body is not the one that was published, and no correction says so"
    return Fault("W323", message, Place(article.path), hint)


def live_at(
    outputs: Iterable[Output], edition: Edition, some: Iterable[Article] | None = None
) -> dict[str, Live]:
    """What lives at the address of each page that readers may know. The articles among them are
    `some`, where that is known.
    """
    library = edition.library
    standing = _standing(library) if some is None else some
    articles = {article.path: article for article in standing}
    found = {}
    for output in outputs:
        if not isinstance(output, Page) or output.template not in _LIVING:
            continue
        article = articles.get(output.origin) if output.origin else None
        live = Live(article.id) if article else _NO_STORY
        if article and output.template == "article.html" and article.path in library.neighbours:
            live = Live(article.id, article.body.digest, len(article.corrections))
        found[_RECORDED.url(output.path.removesuffix(_INDEX))] = live
    return found
