/* The decision board and the waitlist: rows by keys, proposals for the marked row or the ticked ones.
   The page is whole without it. */
"use strict";

(() => {
  const links = [...document.querySelectorAll("[data-rows] [data-open]")];
  if (!links.length) return;
  const form = document.querySelector("form[data-list]");
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const MOVES = { "[": "[data-up]", "]": "[data-down]" };
  const kept = `row:${location.pathname}`;
  const row = () => document.activeElement.closest("[data-rows] tr");

  for (const link of links) {
    link.addEventListener("focus", () => {
      link.closest("tr").classList.add("at");
      try { sessionStorage.setItem(kept, link.getAttribute("href")); } catch { /* the row is not marked again */ }
    });
    link.addEventListener("blur", () => link.closest("tr").classList.remove("at"));
  }

  /* After an act the page comes back: the same row is marked again. */
  const again = () => {
    try {
      const href = sessionStorage.getItem(`${kept}:acted`);
      sessionStorage.removeItem(`${kept}:acted`);
      links.find((link) => href && link.getAttribute("href") === href)?.focus();
    } catch { /* no row is marked */ }
  };
  document.addEventListener("submit", () => {
    try { sessionStorage.setItem(`${kept}:acted`, sessionStorage.getItem(kept) ?? ""); } catch { /* as above */ }
  });

  const ticks = () => [...(form?.querySelectorAll("input[name=ticked]") ?? [])];
  const tick = (box, on) => {
    if (!box || box.disabled) return;
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("mila:key", (event) => {
    const key = event.detail;
    const here = links.indexOf(row()?.querySelector("[data-open]"));
    const step = STEPS[key];
    if (step) {
      event.preventDefault();
      links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)].focus();
      return;
    }
    if (MOVES[key]) {
      const button = row()?.querySelector(MOVES[key]);
      if (!button) return;
      event.preventDefault();
      button.click();
      return;
    }
    const box = row()?.querySelector("input[name=ticked]");
    if (key === "x" && box) {
      event.preventDefault();
      tick(box, !box.checked);
      return;
    }
    const button = form?.querySelector(`[data-act="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    if (!ticks().some((one) => one.checked)) tick(box, true);
    if (!ticks().some((one) => one.checked)) return;
    button.click();
  });
  again();
})();
