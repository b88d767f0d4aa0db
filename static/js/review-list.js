/* The ranked list: says how many files are ticked. The page is whole without it. */
"use strict";

(() => {
  const form = document.querySelector("form[data-list]");
  if (!form) return;
  const told = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll("input[name=ticked]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked);
    told.hidden = ticked.length === 0;
    told.textContent = `✓ ${ticked.length}`;
    for (const box of boxes) box.closest("tr").classList.toggle("on", box.checked);
  };
  form.addEventListener("change", show);
  show();
})();
