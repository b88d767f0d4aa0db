/* Single keys, their help, and the switch that turns them off. A page with keys of its own listens to `mila:key` and
   prevents its default when it used one; `data-key` on a link or a button is its key. */
"use strict";

(() => {
  const help = document.querySelector("dialog[data-keys]");
  if (!help) return;
  const on = help.querySelector("[data-keys-on]");
  const kept = {
    read() { try { return localStorage.getItem("review-keys"); } catch { return null; } },
    write(value) { try { localStorage.setItem("review-keys", value); } catch { /* until the page is left */ } },
  };
  on.checked = kept.read() !== "off";
  on.addEventListener("change", () => kept.write(on.checked ? "on" : "off"));

  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }

  const TEXT = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (help.open || event.defaultPrevented || event.isComposing || !on.checked) return;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.(TEXT)) return;
    if (key === "?") {
      event.preventDefault();
      help.showModal();
      return;
    }
    if (key.length > 1 && !key.startsWith("Arrow") && !(key === "Enter" && target === document.body)) return;
    const pressed = key.length === 1 ? key.toLowerCase() : key;
    if (!target.dispatchEvent(new CustomEvent("mila:key", { detail: pressed, bubbles: true, cancelable: true }))) {
      event.preventDefault();
      return;
    }
    const way = document.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
    if (!way || event.repeat) return;
    event.preventDefault();
    way.click();
  });
})();
