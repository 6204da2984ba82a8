"""What hosts and crawlers read beside the pages: each a view of configuration and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ssg.config import Config
from ssg.faults import Fault, Place
from ssg.model import Library, Media, Page
from ssg.pages.crawlers import shut_out
from ssg.pages.edition import Edition
from ssg.pages.frame import MANIFEST, Frame
from ssg.pages.host_text import (
    AppIcon,
    HeaderRule,
    HeadersView,
    KeyView,
    RedirectRule,
    RedirectsView,
    RobotsView,
    TdmView,
    WebManifestView,
)
from ssg.pages.views import GoneView, RedirectView

_CONFIG: Final = "config.toml"

#: What the bundled themes need and no more: everything from the site itself, pictures also from
#: other hosts. JSON-LD is data, which `script-src` does not concern (CSP 3, § 6.1.11).
DEFAULT_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
    "media-src 'self' https:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)

#: Smaller pictures are blurred on home screens (Chrome's criteria for installing ask for as much).
_SMALLEST_ICON: Final = 192

#: Names of assets hold their digest: what is at such an address never changes.
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_SECURITY: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def host_pages(pages: Iterable[Page], edition: Edition) -> Iterator[Page]:
    """The files for hosts and crawlers that this configuration asks for."""
    frame, config = edition.frame, edition.config
    made = list(pages)
    yield Page("robots.txt", "robots.txt", _robots(frame, config))
    if config.crawlers.tdm_reserved:
        view = TdmView(frame.site.home, frame.site.tdm_policy)
        yield Page(".well-known/tdmrep.json", "tdmrep.json", view)
    if config.indexnow_key:
        yield Page(f"{config.indexnow_key}.txt", "key.txt", KeyView(config.indexnow_key))
    if icon := _icon(edition.library, config):
        yield Page(MANIFEST, MANIFEST, _web_manifest(icon, frame))
    if rules := (*_moves(config, frame), *sorted(_rules(made))):
        yield Page("_redirects", "_redirects", RedirectsView(tuple(dict.fromkeys(rules))))
    if config.headers.enabled:
        yield Page("_headers", "_headers", HeadersView(tuple(_headers(made, config, frame))))


def _robots(frame: Frame, config: Config) -> RobotsView:
    sitemaps = (f"{frame.site.url}{name}" for name in ("sitemap.xml", "news-sitemap.xml"))
    return RobotsView(tuple(sitemaps), shut_out(config.crawlers.ai), frame.site.home)


# --- redirects ---------------------------------------------------------------------------


def _moves(config: Config, frame: Frame) -> Iterator[RedirectRule]:
    """What `config.toml` says comes first: it may have patterns, and it is what somebody wrote."""
    for move in config.redirects:
        yield RedirectRule(frame.at.site(move.old), frame.at.site(move.new), move.status)


def _rules(pages: Iterable[Page]) -> Iterator[RedirectRule]:
    """301 for what has moved, 410 for what is gone."""
    for page in pages:
        view = page.made_of
        if isinstance(view, RedirectView):
            yield RedirectRule(view.url, view.target, 301)
        elif isinstance(view, GoneView):
            yield RedirectRule(view.url, f"{view.url}index.html", 410)


# --- headers -----------------------------------------------------------------------------


def _headers(pages: Iterable[Page], config: Config, frame: Frame) -> Iterator[HeaderRule]:
    """Hosts join the values of all patterns that fit, so no two of them name one header for one
    path: `/*` says what holds for all, and how long to keep is said folder by folder.
    """
    home, wanted = frame.site.home, config.headers
    yield HeaderRule(f"{home}*", tuple(_everywhere(config, frame)))
    yield HeaderRule(f"{home}assets/*", (("Cache-Control", _FOR_EVER),))
    yield HeaderRule(f"{home}media/*", (("Cache-Control", _kept_for(wanted.media)),))
    for pattern in _patterns(pages):
        yield HeaderRule(f"{home}{pattern}", (("Cache-Control", _kept_for(wanted.pages)),))


def _everywhere(config: Config, frame: Frame) -> Iterator[tuple[str, str]]:
    wanted = config.headers
    said = dict(_SECURITY)
    if csp := DEFAULT_CSP if wanted.csp is None else wanted.csp:
        said["Content-Security-Policy"] = csp
    if frame.site.tdm_reserved:
        said["tdm-reservation"] = "1"
    if frame.site.tdm_policy:
        said["tdm-policy"] = frame.at.absolute(frame.site.tdm_policy)
    own = {name.lower() for name in wanted.all}
    yield from ((name, value) for name, value in said.items() if name.lower() not in own)
    yield from sorted(wanted.all.items())


def _kept_for(seconds: int) -> str:
    """Without a time a browser asks each time, and is told in one line that nothing is new."""
    return f"public, max-age={seconds}" if seconds else "public, max-age=0, must-revalidate"


def _patterns(pages: Iterable[Page]) -> list[str]:
    """The home page, and the folders at the top with all that is in them. Files at the top, such as
    feeds, are left to the host: hosts read a hundred patterns, and there is a sitemap a month.
    """
    tops = (page.path.partition("/") for page in pages)
    return sorted({"", *(f"{top}/*" for top, slash, _ in tops if slash)})


# --- the web app manifest ------------------------------------------------------------------


def _icon(library: Library, config: Config) -> Media | None:
    return library.media.get(config.icon) if config.icon else None


def _web_manifest(icon: Media, frame: Frame) -> WebManifestView:
    site, is_drawn = frame.site, icon.path.endswith(".svg")
    sizes = "any" if is_drawn else f"{icon.width}x{icon.height}"
    type_ = "image/svg+xml" if is_drawn else "image/png"
    return WebManifestView(
        name=site.title,
        lang=site.lang,
        dir=site.dir,
        start_url=site.home,
        description=site.description or site.tagline,
        icons=(AppIcon(frame.at.media(icon.path), sizes, type_),),
    )


def icon_faults(library: Library, config: Config) -> Iterator[Fault]:
    """What is wrong with the picture that `icon` names."""
    icon = _icon(library, config)
    if config.icon and icon is None:
        yield Fault("E324", f"there is no {config.icon}, which icon names", Place(_CONFIG))
    elif icon and not icon.path.endswith(".svg"):
        size = f"{icon.width} by {icon.height} pixels" if icon.width else "no picture"
        if icon.width != icon.height or (icon.width or 0) < _SMALLEST_ICON:
            hint = f"a square of at least {_SMALLEST_ICON} pixels, better 512, or an SVG"
            yield Fault("E324", f"the icon is {size}", Place(icon.path), hint)
