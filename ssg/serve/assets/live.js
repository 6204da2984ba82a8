// Keeps an open page of the preview up to date. The preview adds it to its answers; no
// published page has it. The server says what changed, see events.py.
(() => {
  "use strict";

  const AGAIN = 500; // milliseconds between two attempts to reach the server
  const SCROLL = "ssg-scroll";
  const CLOSED = "ssg-closed";
  const MARK = "ssg-version";
  const { output, version } = document.currentScript.dataset;

  let seen = version;
  let stream = null;
  let timer = 0;
  let work = Promise.resolve();

  // What a session remembers; without storage a page forgets, and nothing else is missing.
  const memory = {
    get(key) {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, value);
      } catch {
        // as above
      }
    },
  };

  // --- the stream -------------------------------------------------------------------------

  // A browser allows a host six connections for all its tabs, so only a tab that can be seen
  // holds one. The server compares what a tab shows with what is there when it connects.
  function connect() {
    clearTimeout(timer);
    if (stream || document.hidden) return;
    stream = new EventSource(`/_ssg/events?${new URLSearchParams({ output, seen })}`);
    stream.addEventListener("reload", reload);
    stream.addEventListener("styles", () => {
      work = work.then(restyle).catch(reload);
    });
    stream.addEventListener("faults", (event) => faults.show(JSON.parse(event.data)));
    stream.addEventListener("clear", () => faults.clear());
    stream.addEventListener("error", () => {
      disconnect();
      timer = setTimeout(connect, AGAIN);
    });
  }

  function disconnect() {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  // --- another page -----------------------------------------------------------------------

  function reload() {
    disconnect();
    memory.set(SCROLL, JSON.stringify([location.href, scrollX, scrollY]));
    location.reload();
  }

  // Browsers restore the position by themselves, unless a theme forbids it or what is above
  // comes late. Once the reader has moved, it is theirs.
  function restoreScroll() {
    const [href, left, top] = JSON.parse(memory.get(SCROLL) ?? "[]");
    memory.set(SCROLL, null);
    if (href !== location.href) return;
    const done = new AbortController();
    const back = () => scrollTo({ left, top, behavior: "instant" });
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => done.abort(), { signal: done.signal, passive: true });
    }
    addEventListener("load", () => (back(), done.abort()), { signal: done.signal });
    back();
  }

  // --- other stylesheets ------------------------------------------------------------------

  const sheets = (page) => [...page.querySelectorAll("link[rel~='stylesheet' i][href]")];

  async function restyle() {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("script[data-output][data-version]")?.dataset.version;
    const [former, latter] = [sheets(document), sheets(page)];
    if (now?.split(".")[0] !== seen.split(".")[0] || former.length !== latter.length) {
      reload();
      return;
    }
    await Promise.all(former.map((link, at) => exchange(link, latter[at].getAttribute("href"), now)));
    seen = now;
  }

  // The old stylesheet goes when the new one is there: the page is never without.
  function exchange(link, href, now) {
    const next = new URL(href, document.baseURI);
    if (next.origin !== location.origin) return Promise.resolve();
    const old = new URL(link.href);
    old.searchParams.delete(MARK);
    if (next.href === old.href) next.searchParams.set(MARK, now);
    const fresh = link.cloneNode();
    fresh.href = next.href;
    return new Promise((resolve, reject) => {
      fresh.addEventListener("load", () => (link.remove(), resolve()));
      fresh.addEventListener("error", reject);
      link.after(fresh);
      if (link.disabled) link.remove(), resolve(); // such a one is never loaded
    });
  }

  // --- faults -----------------------------------------------------------------------------

  // Whatever a fault says becomes text. Nothing of the theme reaches into the shadow tree.
  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function card(fault) {
    const item = make("li", { class: fault.severity });
    item.append(
      make("p", { class: "message" }, make("b", {}, `${fault.severity}[${fault.code}]`), " ", fault.message),
    );
    if (fault.where) item.append(make("p", { class: "where" }, make("code", {}, fault.where)));
    if (fault.before || fault.meant || fault.after) {
      const caret = " ".repeat(fault.before.length) + "^".repeat(Math.max(1, fault.meant.length));
      item.append(
        make(
          "pre",
          { tabindex: "0" },
          fault.before,
          make("mark", {}, fault.meant),
          `${fault.after}\n`,
          make("span", { "aria-hidden": "true" }, caret),
        ),
      );
    }
    if (fault.hint) item.append(make("p", { class: "hint" }, `hint: ${fault.hint}`));
    return item;
  }

  const faults = {
    host: null,
    told: null,
    before: null,

    show(told) {
      this.told = told;
      this.draw(told.large && memory.get(CLOSED) !== told.id);
    },

    clear() {
      const held = this.hasFocus();
      this.host?.remove();
      this.host = null;
      this.told = null;
      memory.set(CLOSED, null);
      if (held) this.before?.focus({ preventScroll: true });
    },

    open() {
      memory.set(CLOSED, null);
      this.draw(true);
    },

    close() {
      memory.set(CLOSED, this.told.id);
      this.draw(false);
      this.before?.focus({ preventScroll: true });
    },

    isOpen() {
      return Boolean(this.host?.shadowRoot.querySelector("[role='alertdialog']"));
    },

    hasFocus() {
      return Boolean(this.host) && document.activeElement === this.host;
    },

    draw(large) {
      const wasOpen = this.isOpen();
      const held = this.hasFocus();
      if (!this.host) {
        this.host = make("ssg-faults", { style: "all: initial !important; display: contents !important" });
        this.host.attachShadow({ mode: "open" });
        document.documentElement.append(this.host);
      }
      if (!held) this.before = document.activeElement;
      const content = large ? this.panel() : this.bar();
      this.host.shadowRoot.replaceChildren(make("style", {}, STYLE), content);
      // A person who writes in the page, or was in it already, is not disturbed.
      const idle = !this.before || this.before === document.body;
      if (held || (large && !wasOpen && idle)) {
        content.querySelector("button").focus({ preventScroll: true });
      }
    },

    count() {
      const count = this.told.faults.length + this.told.more;
      return count === 1 ? "1 fault" : `${count} faults`;
    },

    panel() {
      const { good, more } = this.told;
      const close = make("button", { type: "button" }, "Close");
      close.addEventListener("click", () => this.close());
      const since = good
        ? `The site was not rebuilt: last good build at ${good}.`
        : "The site was not built: there was no good build since the preview started.";
      return make(
        "section",
        {
          class: "panel",
          role: "alertdialog",
          lang: "en",
          dir: "ltr",
          tabindex: "-1",
          "aria-labelledby": "title",
          "aria-describedby": "since",
        },
        make("header", {}, make("h2", { id: "title" }, this.count()), close),
        make("p", { id: "since" }, since),
        make("ol", {}, ...this.told.faults.map(card)),
        ...(more ? [make("p", {}, `and ${more} more`)] : []),
      );
    },

    bar() {
      const button = make("button", { type: "button" }, `${this.count()}: open`);
      button.addEventListener("click", () => this.open());
      return make("div", { class: "bar", role: "status", lang: "en", dir: "ltr" }, button);
    },
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && faults.isOpen()) faults.close();
  });

  const STYLE = `
    .panel, .bar {
      color-scheme: light dark;
      position: fixed;
      inset-block-end: 0;
      z-index: 2147483647;
      box-sizing: border-box;
      background: Canvas;
      color: CanvasText;
      font: 16px/1.5 system-ui, sans-serif;
      overflow-wrap: anywhere;
    }
    .panel {
      inset-inline: 0;
      max-block-size: 80vh;
      overflow: auto;
      padding: 0 16px 16px;
      border-block-start: 4px solid light-dark(#b3261e, #f2b8b5);
      box-shadow: 0 0 32px rgb(0 0 0 / .5);
    }
    header {
      position: sticky;
      inset-block-start: 0;
      display: flex;
      gap: 16px;
      align-items: center;
      justify-content: space-between;
      padding-block: 8px;
      background: Canvas;
    }
    h2, p, ol, pre { margin: 0; }
    h2 { font-size: 20px; }
    ol { padding: 0; list-style: none; }
    li { margin-block-start: 12px; padding-inline-start: 12px; border-inline-start: 4px solid GrayText; }
    li.error { border-color: light-dark(#b3261e, #f2b8b5); }
    li.error b { color: light-dark(#b3261e, #f2b8b5); }
    code, pre { font: 14px/1.5 ui-monospace, monospace; }
    pre { margin-block: 4px; padding: 8px; overflow-x: auto; border: 1px solid GrayText; }
    mark { background: light-dark(#ffd9d6, #601410); color: CanvasText; }
    button {
      min-block-size: 44px;
      padding: 0 16px;
      border: 2px solid CanvasText;
      border-radius: 4px;
      background: Canvas;
      color: CanvasText;
      font: inherit;
      cursor: pointer;
    }
    :focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    .bar { inset-inline-end: 0; max-inline-size: 100%; padding: 8px; background: none; }
    .bar button { border-color: light-dark(#b3261e, #f2b8b5); box-shadow: 0 0 16px rgb(0 0 0 / .3); }
    @media print { .panel, .bar { display: none; } }
  `;

  restoreScroll();
  connect();
})();
