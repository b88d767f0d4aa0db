/* The form: what is asked only after another answer, and the folded lines that a link leads into.
   Without it everything is shown, and the server judges. */
"use strict";

(() => {
  /* data-when: names of fields; data-when-is: the values, one of which asks this. */
  const asked = [...document.querySelectorAll("[data-when]")];
  const answer = (form, name) => {
    const field = form.elements[name];
    return field instanceof RadioNodeList ? field.value : field?.type === "checkbox" ? String(field.checked) : field?.value ?? "";
  };
  const show = () => {
    for (const part of asked) {
      const values = part.dataset.whenIs.split(" ");
      const names = part.dataset.when.split(" ");
      part.hidden = !names.some((name) => values.includes(answer(part.closest("form"), name)));
    }
  };
  document.addEventListener("change", show);
  document.addEventListener("mila:putback", show);
  show();

  /* A link to a field opens the line that holds it, and puts the cursor there. */
  const open = () => {
    const there = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!there) return;
    for (let part = there; part; part = part.parentElement) {
      if (part instanceof HTMLDetailsElement) part.open = true;
    }
    const field = there.matches("input, select, textarea") ? there : there.querySelector("input, select, textarea");
    (field ?? there).focus();
    there.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", open);
  open();
})();
