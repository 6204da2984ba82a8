// Run in a page before anything of its own. `look` answers what a test asks of the page;
// every list is of faults, in words, and empty when all is well.
(() => {
  const refused = [];
  const shifts = [];
  addEventListener(
    "securitypolicyviolation",
    (event) => refused.push(`${event.effectiveDirective} refuses ${event.blockedURI}`),
    true,
  );

  const named = (element) => {
    if (!element?.tagName) return element?.parentElement ? named(element.parentElement) : "?";
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.tagName.toLowerCase()}${classes}> "${words}"`;
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getClientRects().length > 0;

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map((source) => named(source.node)).join(", ");
      shifts.push([entry.value, moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });

  globalThis.look = {
    // When fonts and the pictures in view are there and painted.
    async settled() {
      if (document.readyState !== "complete") {
        await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
      }
      await document.fonts.ready;
      await frame();
      await frame();
    },

    // Down the whole page, so that what loads late has its chance to push: how far, and what.
    async scrolled() {
      await this.settled();
      for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
        scrollTo({ top, behavior: "instant" });
        await frame();
        await frame();
      }
      await pause(250);
      await this.settled();
      return shifts;
    },

    refused: () => refused,

    // Turns the page's own switch between dark and light; true when it stands as asked.
    flipped(on) {
      const box = document.querySelector("input#scheme");
      if (box && box.checked !== on) box.click();
      return !on || box !== null;
    },

    // What the page says, without what the reader does not see.
    words: () =>
      ["main", "body > header", "body > footer"]
        .map((part) => document.querySelector(part)?.innerText ?? "")
        .join("\n"),

    // Buttons that cannot do anything without a script.
    dead: () =>
      [...document.querySelectorAll("button, [role=button]")]
        .filter((button) => shown(button) && !button.form)
        .filter((button) => !button.hasAttribute("popovertarget") && !button.hasAttribute("command"))
        .map(named),

    // WCAG 1.4.12: the page must bear this without losing anything.
    spaced() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
             word-spacing: 0.16em !important; }
         p { margin-block-end: 2em !important; }`,
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },

    // WCAG 1.4.10: nothing makes the page scroll sideways, and nothing is cut off to hide it.
    wide() {
      const faults = [];
      for (const element of [document.documentElement, document.body]) {
        if (/hidden|clip/.test(getComputedStyle(element).overflowX)) {
          faults.push(`${named(element)} hides what is too wide`);
        }
      }
      const room = document.documentElement.clientWidth;
      if (document.scrollingElement.scrollWidth > room) {
        const beyond = [...document.body.querySelectorAll("*")]
          .filter((element) => element.getBoundingClientRect().right > room + 0.5)
          .filter((element) => !element.querySelector("*"))
          .slice(0, 5);
        faults.push(
          `${document.scrollingElement.scrollWidth} px in ${room}: ${beyond.map(named).join(", ")}`,
        );
      }
      return faults;
    },

    // Text that is cut off by the box it is in.
    cut: () =>
      [...document.body.querySelectorAll("*")]
        .filter((element) => element.clientWidth > 2 && element.clientHeight > 2)
        .filter((element) => element.innerText?.trim())
        .filter((element) => {
          const style = getComputedStyle(element);
          const lines = parseFloat(style.lineHeight) || parseFloat(style.fontSize);
          const across = /hidden|clip/.test(style.overflowX);
          const down = /hidden|clip/.test(style.overflowY);
          return (
            (across && element.scrollWidth > element.clientWidth + 1) ||
            (down && element.scrollHeight > element.clientHeight + lines / 2)
          );
        })
        .map(named),

    // On paper: no menus, and every address that a reader of the screen could follow away.
    paper() {
      const faults = [...document.querySelectorAll("nav, .skip")]
        .filter(shown)
        .map((element) => `${named(element)} is printed`);
      for (const link of document.querySelectorAll("main a[href^=http]")) {
        const said = link.textContent + getComputedStyle(link, "::after").content;
        if (shown(link) && !link.querySelector("img") && !said.includes(link.getAttribute("href"))) {
          faults.push(`${named(link)} does not say its address`);
        }
      }
      return faults;
    },

    // In colours of the reader's choice a heading stands out from what is behind it.
    faint: () =>
      [...document.querySelectorAll("h1, main p, main a")]
        .filter(shown)
        .filter((element) => {
          let behind = element;
          while (behind && /, 0\)$|transparent/.test(getComputedStyle(behind).backgroundColor)) {
            behind = behind.parentElement;
          }
          const ground = behind ? getComputedStyle(behind).backgroundColor : null;
          return getComputedStyle(element).color === ground;
        })
        .map(named),

    // The outline of what has the focus.
    outline() {
      const style = getComputedStyle(document.activeElement);
      const found = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      return found || document.activeElement === document.body
        ? []
        : [`${named(document.activeElement)} has the focus and no outline`];
    },

    // Where the focus is: in sight or not.
    focused() {
      const box = document.activeElement.getBoundingClientRect();
      const inside = box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.width > 2;
      return { link: document.activeElement.getAttribute("href"), inside };
    },

    // What the page has loaded, with the bytes of each.
    loaded: () =>
      performance
        .getEntriesByType("resource")
        .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]),

    // Every rule of axe among these, by tags or by names, that the page breaks, and where first.
    async axe(rules) {
      const result = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
      return result.violations.map(
        (rule) =>
          `${rule.id} (${rule.nodes.length}): ${rule.help}: ` +
          `${rule.nodes[0].html.slice(0, 160)} ${rule.nodes[0].any[0]?.message ?? ""}`.trim(),
      );
    },
  };
})();
