/* Settling findings by single keys: J and K move, H hides, L lets show, N opens the next file. The page is whole without it. */
"use strict";

(() => {
  const found = [...document.querySelectorAll("[data-finding]")];
  const help = document.querySelector("[data-keys]");
  if (help) help.hidden = false;
  const on = () => !help || help.querySelector("[data-keys-on]").checked;
  const typing = (thing) => thing.closest("input:not([type=checkbox]), select, textarea");
  const here = () => found.findIndex((one) => one.contains(document.activeElement));
  const go = (step) => {
    const at = here();
    const next = found[at < 0 ? 0 : Math.min(found.length - 1, Math.max(0, at + step))];
    if (next) next.focus();
  };
  if (location.hash === "#next" && found.length) found.find((one) => one.id === "next")?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !on() || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "j") return go(1);
    if (key === "k") return go(-1);
    const place = key === "n" ? document : found[here()];
    const button = place && "hln".includes(key) && place.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
  });
})();
