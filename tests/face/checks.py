"""What is asked of a page in a browser. Each check gives faults in words, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from qa.browser import LOOK
from qa.validators import AXE, COLOURS, TAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response

NARROW: Final = 320
WIDE: Final = 1280
HUGE: Final = 2560

#: How much of a page may move while it loads, as browsers count it (CLS).
BEARABLE: Final = 0.0


@dataclass(frozen=True, slots=True)
class Host:
    """Where a site is served, and where its fonts and pictures take their time."""

    quick: str
    slow: str


@dataclass(frozen=True)
class Tabs:
    """Tabs of one browser, each kept for those that want the same of it: a new one costs more
    than what is done in it.
    """

    browser: Browser
    kept: dict[tuple[tuple[str, object], ...], Page] = field(default_factory=dict)

    @contextmanager
    def tab(self, **options: Any) -> Iterator[Page]:
        """The tab with those options, of a usual reader's size and colours."""
        key = tuple(options.items())
        page = self.kept.get(key)
        if page is None:
            page = self.kept[key] = self._page(**options)
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.emulate_media(media="screen", color_scheme="light")
        yield page
        page.goto("about:blank")

    @contextmanager
    def first_visit(self, width: int = WIDE) -> Iterator[Page]:
        """The tab of a reader who was never here. One that has shown the site before loads its
        fonts early, and even those that a page has no use for.
        """
        page = self._page(viewport={"width": width, "height": 900})
        yield page
        page.context.close()

    def _page(self, **options: Any) -> Page:
        context = self.browser.new_context(reduced_motion="reduce", **options)
        context.add_init_script(path=LOOK)
        context.add_init_script(path=AXE)
        return context.new_page()


Check = Callable[[Tabs, Host, str], list[str]]


_LOOKS: Final[tuple[tuple[str, Literal["dark", "light"], int, bool], ...]] = (
    ("light", "light", WIDE, False),
    ("dark", "dark", WIDE, False),
    ("dark by switch", "light", WIDE, True),
    ("light by switch", "dark", WIDE, True),
    ("320 px", "light", NARROW, False),
)


def accessible(tabs: Tabs, host: Host, path: str) -> list[str]:
    """Axe has nothing against the page in light, in dark, in what its own switch makes of
    these, and at 320 px.
    """
    faults = []
    with tabs.tab() as page:
        page.goto(host.quick + path)
        for name, scheme, width, flipped in _LOOKS:
            if not page.evaluate("on => look.flipped(on)", flipped):
                continue
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("look.settled()")
            rules = COLOURS if flipped else TAGS
            faults += [f"{name}: {fault}" for fault in page.evaluate("r => look.axe(r)", rules)]
    return faults


def quiet(tabs: Tabs, host: Host, path: str) -> list[str]:
    """Nothing in the console, nothing refused by the policy, no request to anyone else, and
    everything that is asked for is there.
    """
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404 (Not Found)" not in message.text:
            faults.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400 and urlsplit(response.url).path != path:
            faults.append(f"{response.status}: {response.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((host.quick, "data:", "about:")):
            faults.append(f"asks elsewhere: {request.url}")

    def broken(error: Error) -> None:
        faults.append(f"script: {error}")

    with tabs.tab() as page:
        page.on("console", heard)
        page.on("pageerror", broken)
        page.on("request", asked)
        page.on("response", answered)
        page.goto(host.quick + path)
        page.evaluate("look.settled()")
        faults += page.evaluate("look.refused()")
        page.remove_listener("console", heard)
        page.remove_listener("pageerror", broken)
        page.remove_listener("request", asked)
        page.remove_listener("response", answered)
    return faults


def unscripted(tabs: Tabs, host: Host, path: str) -> list[str]:
    """Without JavaScript the page says the same, and offers nothing that is dead."""
    with tabs.tab() as page:
        page.goto(host.quick + path)
        page.evaluate("look.settled()")
        said = page.evaluate("look.words()").splitlines()
    with tabs.tab(java_script_enabled=False) as page:
        page.goto(host.quick + path)
        # The page's own scripts do not run, ours are put in by hand.
        page.evaluate(LOOK.read_text(encoding="utf-8"))
        without = page.evaluate("look.words()").splitlines()
        dead = page.evaluate("look.dead()")
    missing = [line for line in said if line not in without]
    return [*(f"only with a script: {line}" for line in missing), *(f"dead: {x}" for x in dead)]


def reflowing(tabs: Tabs, host: Host, path: str) -> list[str]:
    """No sideways scrolling from 320 px to 2560 px, and none with the text spacing of WCAG
    1.4.12, which cuts nothing off either.
    """
    faults = []
    with tabs.tab() as page:
        page.goto(host.quick + path)
        for width, spaced in ((HUGE, False), (WIDE, False), (NARROW, False), (WIDE, True)):
            page.set_viewport_size({"width": width, "height": 900})
            if spaced:
                page.evaluate("look.spaced()")
            page.evaluate("look.settled()")
            where = f"{width} px{', spaced' if spaced else ''}"
            faults += [f"{where}: {fault}" for fault in page.evaluate("look.wide()")]
            faults += [f"{where}: cut off: {fault}" for fault in page.evaluate("look.cut()")]
    return faults


def still(tabs: Tabs, host: Host, path: str) -> list[str]:
    """Nothing moves when fonts and pictures come late."""
    faults = []
    with tabs.first_visit() as wide, tabs.first_visit(390) as narrow:
        for page in (narrow, wide):
            page.goto(host.slow + path, wait_until="commit")
        for name, page in (("390 px", narrow), (f"{WIDE} px", wide)):
            shifts = page.evaluate("look.scrolled()")
            if sum(value for value, _ in shifts) > BEARABLE:
                faults += [f"{name}: {value:.4f} by {moved}" for value, moved in shifts]
    return faults


def printable(tabs: Tabs, host: Host, path: str) -> list[str]:
    """On paper there are no menus, and links say where they lead."""
    with tabs.tab() as page:
        page.goto(host.quick + path)
        page.emulate_media(media="print")
        page.evaluate("look.settled()")
        faults: list[str] = page.evaluate("look.paper()")
        if not page.pdf().startswith(b"%PDF"):
            faults.append("no PDF is made of it")
    return faults


def contrasting(tabs: Tabs, host: Host, path: str) -> list[str]:
    """With colours forced by the reader everything stays readable and shows its focus."""
    with tabs.tab(forced_colors="active") as page:
        page.goto(host.quick + path)
        page.evaluate("look.settled()")
        faults = [f"cannot be told from its ground: {x}" for x in page.evaluate("look.faint()")]
        for _ in range(3):
            page.keyboard.press("Tab")
            faults += page.evaluate("look.outline()")
    return faults


def reachable(tabs: Tabs, host: Host, path: str) -> list[str]:
    """The first thing a keyboard finds leads to the content, can be seen, and has an outline."""
    with tabs.tab() as page:
        page.goto(host.quick + path)
        page.keyboard.press("Tab")
        first = page.evaluate("look.focused()")
        faults: list[str] = page.evaluate("look.outline()")
        if not first["inside"]:
            faults.append("the first link stays out of sight when it has the focus")
        target = first["link"] or ""
        if not target.startswith("#") or not page.locator(f"main{target}").count():
            faults.append(f"the first link leads to {target}, not to the content")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        faults += page.evaluate("look.outline()")
    return faults


CHECKS: Final[tuple[Check, ...]] = (
    accessible,
    quiet,
    unscripted,
    reflowing,
    still,
    printable,
    contrasting,
    reachable,
)
