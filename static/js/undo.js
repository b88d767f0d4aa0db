/* The last score, advice or page comes back with one key; with none left, the review that was just handed in. */
"use strict";

(() => {
  const form = document.querySelector("form[data-review]");
  const takeBack = document.querySelector("[data-take-back]");
  const button = form?.querySelector("[data-undo]");
  const names = new Set([...(form?.querySelectorAll("[data-row] input[name]") ?? [])].map((field) => field.name));
  const read = (name) => form.elements[name].value;
  const state = new Map([...names].map((name) => [name, read(name)]));
  const done = [];
  let undoing = false;

  const fieldsOf = (name) => [...form.elements].filter((field) => field.name === name);
  const rowOf = (name) => fieldsOf(name)[0].closest("[data-row]");

  /* The way to a page of the dossier stands beside the field that names it. */
  const point = (field) => {
    const way = field.parentElement.querySelector("[data-dossier-page]");
    way.dataset.dossierPage = field.value;
    way.hidden = !(Number(field.value) >= 1);
  };

  /* A page says where a score comes from: without one there is nothing to keep it with. */
  const gate = () => {
    for (const row of form.querySelectorAll("[data-crit]")) {
      const where = row.querySelector(".page-n"); // a panel names no page
      if (where) where.disabled = !row.querySelector(".scale input:checked");
    }
  };

  const undo = () => {
    const [name, before] = done.pop();
    undoing = true;
    const fields = fieldsOf(name);
    for (const field of fields) {
      if (field.type === "radio") field.checked = field.value === before;
      else field.value = before;
    }
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
    undoing = false;
    button.disabled = !done.length;
    const row = rowOf(name);
    (row.querySelector("input:checked") ?? row.querySelector("input")).focus();
    const line = form.querySelector("[data-state]");
    line.textContent = `${form.dataset.undone} ${row.querySelector("legend").firstChild.textContent.trim()}`;
  };

  if (form) {
    button.hidden = false;
    button.addEventListener("click", undo);
    form.addEventListener("change", ({ target }) => {
      if (target.matches(".page-n")) point(target);
      if (!names.has(target.name)) return;
      const before = state.get(target.name);
      state.set(target.name, read(target.name));
      if (undoing || before === read(target.name)) return;
      done.push([target.name, before]);
      button.disabled = false;
    });
    for (const field of form.querySelectorAll(".page-n")) point(field);
    form.addEventListener("change", gate);
    gate();
  }

  document.addEventListener("mila:key", (event) => {
    if (event.detail !== "u") return;
    if (done.length) undo();
    else if (takeBack) takeBack.click();
    else return;
    event.preventDefault();
  });

  /* The offer to take back belongs to the moment after handing in, not to an address that is kept. */
  if (location.search.includes("done=")) history.replaceState(null, "", location.pathname);
})();
