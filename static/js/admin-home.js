/* The configuration's first page: lists are found while one types, without accents or case. The form does the same. */
"use strict";

(() => {
  const field = document.querySelector("[data-find]");
  const none = document.querySelector("[data-none]");
  const apps = [...document.querySelectorAll("[data-lists] .module")];
  if (!field || !apps.length) return;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let any = false;
    for (const app of apps) {
      const name = folded(app.querySelector("caption").textContent);
      let here = false;
      for (const row of app.querySelectorAll("tr[class^=model]")) {
        const text = `${name} ${folded(row.querySelector("th").textContent)}`;
        row.hidden = !words.every((word) => text.includes(word));
        here ||= !row.hidden;
      }
      app.hidden = !here;
      any ||= here;
    }
    none.hidden = any;
  });
})();
