"""The frame of a site: what its pages share, made once for a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from ssg.config import Config, Listed
from ssg.model import Link, Section, Site
from ssg.pages.addresses import Addresses
from ssg.pages.parts import direction, free_keys, section_link

MANIFEST: Final = "manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Frame:
    """The site as templates see it, its addresses, its time zone, words in its language, the kinds
    of lists that have feeds, and the URL of the stylesheet in which browsers show a feed.
    """

    site: Site
    at: Addresses
    zone: ZoneInfo
    organization: Link
    titles: Mapping[str, str]
    correction_kinds: Mapping[str, str]
    feeds_of: tuple[Listed, ...]
    feed_style: str | None = None

    @property
    def home(self) -> Link:
        return Link(self.site.title, self.site.home)


def frame_of(
    config: Config,
    sections: Iterable[Section],
    words: Mapping[str, Mapping[str, str]],
    feed_style: str | None = None,
) -> Frame:
    """What `config.toml` and the sections say of every page.

    `words` are the theme's: among them those for pages that nobody wrote (`titles`: `authors`,
    `not_found` …) and for kinds of corrections. `feed_style` is the place of its stylesheet for
    feeds, if it has one.
    """
    at = Addresses(config.base_path, config.base_url)
    company = config.organization
    organization = Link(
        company.name if company else config.title,
        at.site(company.url) if company and company.url else config.base_path,
    )
    site = Site(
        title=config.title,
        url=config.base_url,
        home=config.base_path,
        lang=config.lang,
        dir=direction(config.lang),
        tagline=config.tagline,
        description=config.description,
        organization=organization,
        email=company.email if company else None,
        policies=tuple(
            Link(policy.name, at.site(policy.url))
            for policy in (company.policies if company else ())
        ),
        nav=tuple(Link(link.name, at.site(link.url)) for link in config.nav),
        sections=tuple(section_link(section, at) for section in sections),
        feed=at.url("feed.xml"),
        manifest=at.url(MANIFEST) if config.icon else None,
        icon=at.media(config.icon) if config.icon else None,
        tdm_reserved=config.crawlers.tdm_reserved,
        tdm_policy=at.site(config.crawlers.tdm_policy) if config.crawlers.tdm_policy else None,
        extra=free_keys(config.extra),
    )
    return Frame(
        site,
        at,
        ZoneInfo(config.timezone),
        organization,
        words["titles"],
        words["correction_kinds"],
        config.feeds_of,
        at.url(feed_style) if feed_style else None,
    )
