/* The ranked list: says how many files are ticked, and ticks all of the page or none. The page is whole without it. */
"use strict";

(() => {
  const form = document.querySelector("form[data-list]");
  const told = form && form.querySelector("[data-count]");
  if (!told) return; // a closed board is only read
  const boxes = [...form.querySelectorAll("input[name=ticked]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked);
    told.hidden = ticked.length === 0;
    told.textContent = `✓ ${ticked.length}`;
    for (const box of boxes) box.closest("tr").classList.toggle("on", box.checked);
  };
  form.addEventListener("change", show);
  const all = form.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const on = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = on;
      show();
    });
  }
  show();
})();
