/* The one search in the header: `/` comes to it, the first hits show while one types, arrows go through them. The words
   travel in the body of a request, never in an address. Without this, the form leads to the page of results. */
"use strict";

(() => {
  const form = document.querySelector("form[data-search]");
  if (!form) return;
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-suggest]");
  const PAUSE = 180;
  let waiting = 0;
  let asked = null;

  const hide = () => {
    window.clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    list.textContent = "";
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.search, {
        method: "POST", body: new FormData(form), signal: asked.signal, redirect: "error",
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.childNodes);
      list.hidden = false;
    } catch { /* the form itself still works */ }
  };

  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    if (field.value.trim().length < 2) return hide();
    waiting = window.setTimeout(ask, PAUSE);
  });

  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      hide();
      field.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? field).focus();
    }
  });
  form.addEventListener("submit", hide);
  document.addEventListener("focusin", (event) => { if (!form.contains(event.target)) hide(); });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) hide(); });

  const TEXT = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || event.target.matches?.(TEXT) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
