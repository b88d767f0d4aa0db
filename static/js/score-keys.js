/* Scoring without a mouse: digits, arrows and letters, on the row that is marked. The marked row is the one with the
   focus; while the focus is on the dossier, the first without an answer. */
"use strict";

(() => {
  const form = document.querySelector("form[data-review]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")];
  const ADVICE = { s: "strong_accept", a: "accept", w: "waitlist", d: "decline" };
  let here = rows.find((row) => !row.querySelector(".scale input:checked")) ?? rows.at(-1);

  const mark = (row) => {
    here = row;
    for (const one of rows) one.classList.toggle("on", one === row);
  };
  const go = (row) => {
    if (!row) return;
    mark(row);
    (row.querySelector(".scale input:checked") ?? row.querySelector(".scale input")).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const beside = (row, step) => rows[rows.indexOf(row) + step];
  const choose = (row, radio) => {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    go(beside(row, 1) ?? row);
  };

  const digit = (pressed) => {
    const scale = [...here.querySelectorAll(".scale input")];
    const radio = here.matches("[data-advice]")
      ? scale[Number(pressed) - 1]
      : scale.find((one) => one.value === (pressed === "n" ? "na" : pressed));
    if (radio) choose(here, radio);
    return Boolean(radio);
  };
  const advise = (value) => {
    const asked = rows.filter((row) => row.matches("[data-advice]"));
    const row = asked.includes(here) ? here : asked.find((one) => !one.querySelector("input:checked")) ?? asked[0];
    choose(row, row.querySelector(`input[value="${value}"]`));
    return true;
  };
  /* A score moves on to the next row: the page belongs to the one that was just given. */
  const scored = (row) => row.matches("[data-crit]") && row.querySelector(".scale input:checked");
  const page = () => {
    const row = scored(here) ? here : rows.slice(0, rows.indexOf(here)).reverse().find(scored);
    const field = row?.querySelector(".page-n");
    if (!field) return false;
    const seen = document.documentElement.dataset.dossierPage;
    if (seen) {
      field.value = seen;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else field.focus();
    return true;
  };
  const move = (target, step) => {
    if (target !== document.body && !target.closest("[data-row]")) return false;
    go(target === document.body ? here : beside(here, step));
    return true;
  };
  const act = (pressed, target) => {
    if (/^[1-5n]$/.test(pressed)) return digit(pressed);
    if (Object.hasOwn(ADVICE, pressed)) return advise(ADVICE[pressed]);
    if (pressed === "p") return page();
    if (pressed === "ArrowDown") return move(target, 1);
    if (pressed === "ArrowUp") return move(target, -1);
    if (pressed !== "m") return false;
    form.elements.comment.focus();
    return true;
  };
  document.addEventListener("mila:key", (event) => {
    if (act(event.detail, event.target)) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-hand-in]"));
      return;
    }
    /* Enter in a small field or on a score would press the first button of the form. */
    const small = event.target.matches("[data-row] input");
    if (event.key === "Enter" && small) {
      event.preventDefault();
      go(beside(here, 1) ?? here);
    } else if (event.key === "Escape" && form.contains(event.target) && event.target.matches("textarea, .page-n")) {
      go(event.target.closest("[data-row]") ?? here);
    }
  });
  form.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-row]");
    if (row) mark(row);
  });
  for (const hint of form.querySelectorAll("[data-hint]")) hint.hidden = false;
  mark(here);
})();
