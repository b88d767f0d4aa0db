/* The page of a question shows only what its kind of answer needs. Without this script all of it shows, and the server
   keeps what is needed. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const kind = document.getElementById("id_kind");
  if (!kind) return;
  const needs = {
    text: ["limit"], long_text: ["limit"], number: ["lowest", "highest"], choice: ["choices_fr", "choices_en"],
  };
  const show = () => {
    const wanted = needs[kind.value] || [];
    for (const name of new Set(Object.values(needs).flat())) {
      const row = document.getElementById(`id_${name}`)?.closest(".form-row");
      if (row) row.hidden = !wanted.includes(name);
    }
  };
  kind.addEventListener("change", show);
  show();
});
