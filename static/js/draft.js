/* The form: counters of long texts, one click that counts once. What happens on a poor line is in autosave.js.
   Everything works without it: each step saves by its button, and the server counts too. */
"use strict";

(() => {
  /* Code points, one for a line break: as the server counts. */
  const length = (text) => [...text.replaceAll("\r\n", "\n")].length;
  /* Words: runs between spaces that hold a letter or a digit, as scholarships/words.py counts. */
  const between = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/u;
  const words = (text) => text.split(between).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;

  for (const area of document.querySelectorAll("textarea[data-limit], textarea[data-words]")) {
    const measure = area.dataset.words ? words : length;
    const limit = Number(area.dataset.words ?? area.dataset.limit);
    const counter = document.createElement("p");
    counter.className = "small muted num counter";
    counter.id = `${area.id}_count`;
    const show = () => {
      const count = measure(area.value);
      const written = new Intl.NumberFormat(document.documentElement.lang);
      counter.textContent = `${written.format(count)} / ${written.format(limit)} ${area.dataset.unit ?? ""}`.trim();
      counter.classList.toggle("over", count > limit);
    };
    area.after(counter);
    area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
    area.addEventListener("input", show);
    show();
  }

  /* The receipt also tells the time where its reader is. */
  for (const zone of document.querySelectorAll("input[data-zone]")) {
    zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }

  for (const once of document.querySelectorAll("form[data-once]")) {
    once.addEventListener("submit", (event) => {
      if (once.dataset.sent) event.preventDefault();
      once.dataset.sent = "1";
    });
    /* The back button may show the page as it was left. */
    window.addEventListener("pageshow", () => { delete once.dataset.sent; });
  }
})();
