// Remembers that the reader turned the page dark or light. Without it the switch works,
// from page to page it is forgotten, and nothing else is missing.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const other = () => (dark.matches ? "light" : "dark");
  let chosen = null;
  try {
    chosen = localStorage.getItem("scheme");
  } catch {
    return;
  }
  if (chosen === "dark" || chosen === "light") root.style.colorScheme = chosen;
  addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("scheme");
    if (!box) return;
    const show = () => {
      box.checked = chosen === other();
    };
    show();
    dark.addEventListener("change", show);
    box.addEventListener("change", () => {
      chosen = box.checked ? other() : null;
      root.style.colorScheme = chosen ?? "";
      if (chosen) localStorage.setItem("scheme", chosen);
      else localStorage.removeItem("scheme");
    });
  });
})();
