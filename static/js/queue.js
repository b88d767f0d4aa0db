/* My queue: up and down go over the rows, Enter opens. The page is whole without it. */
"use strict";

(() => {
  const links = [...document.querySelectorAll("[data-rows] [data-open]")];
  if (!links.length) return;
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  for (const link of links) {
    link.addEventListener("focus", () => link.closest("tr").classList.add("on"));
    link.addEventListener("blur", () => link.closest("tr").classList.remove("on"));
  }
  document.addEventListener("mila:key", (event) => {
    /* With no row marked, Enter opens the next file to read. */
    const following = document.querySelector('[data-key="n"]');
    if (event.detail === "Enter" && following) {
      event.preventDefault();
      following.click();
      return;
    }
    const step = STEPS[event.detail];
    if (!step) return;
    event.preventDefault();
    const here = links.indexOf(document.activeElement.closest("tr")?.querySelector("[data-open]"));
    links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)].focus();
  });
})();
