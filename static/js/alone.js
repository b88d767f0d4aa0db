/* An answer that goes with no other lets the others go when it is chosen, and goes itself when another one is. Without this
   script the server says so. */
"use strict";

document.addEventListener("change", ({ target }) => {
  const group = target.closest("fieldset[data-alone]");
  if (!group) return;
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const words = group.querySelector("input[type=text]");
  const chosen = target.type === "text" ? target.value.trim() : target.checked;
  if (!chosen) return;
  const alone = target.hasAttribute("data-only");
  if (!boxes.length && !words) return;
  for (const box of boxes) {
    if (box !== target && (alone || box.hasAttribute("data-only"))) box.checked = false;
  }
  if (alone && words) words.value = "";
});
