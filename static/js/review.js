/* The reader's desk: saves while one writes, scores with single keys, hands in with Ctrl and Enter. All of it may fail:
   the two buttons of the form do the same. */
"use strict";

(() => {
  const form = document.querySelector("form[data-review]");
  if (!form) return;
  const revision = form.elements.revision;
  const state = form.querySelector("[data-state]");
  let timer = 0;
  let dirty = false;
  let stopped = false; // another tab saved: only the person decides what happens next
  let running = null;
  let leaving = false;

  /* `3 of 5`, as the server writes it: the first number is what is scored. */
  const count = () => {
    const shown = form.querySelector("[data-scored]");
    const scored = [...form.querySelectorAll("[data-crit]")].filter((one) => one.querySelector("input:checked"));
    shown.textContent = shown.textContent.replace(/\d+/, scored.length);
  };
  form.addEventListener("change", count);

  const say = (text, bad) => {
    state.textContent = text;
    state.classList.toggle("t-c-bad", bad);
  };

  const save = async () => {
    dirty = false;
    const data = new FormData(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Autosave": "1" } });
      if (answer.redirected) {
        dirty = true;
        say(form.dataset.ended, true);
        return;
      }
      const told = await answer.json();
      if (answer.ok) {
        revision.value = told.revision;
        const clock = new Date(told.saved_at).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
        say(`${form.dataset.saved} ${clock}`, false);
      } else {
        stopped = answer.status === 409;
        dirty = true;
        say(told.problem, true);
      }
    } catch {
      dirty = true;
      say(form.dataset.failed, true);
    }
  };

  const later = (delay) => {
    dirty = true;
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(async () => {
      if (running) await running;
      running = save();
      await running;
      running = null;
    }, delay);
  };

  form.addEventListener("change", () => later(300));
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) later(1500);
  });

  /* A click on a button waits for the save on its way: its revision is the one that the server has. */
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      const button = event.submitter;
      await running;
      form.requestSubmit(button);
      return;
    }
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });

  /* Single keys, inside a criterion only, and only while they are on. */
  const help = form.querySelector("[data-keys]");
  const keysOn = form.querySelector("[data-keys-on]");
  help.hidden = false;
  keysOn.checked = localStorage.getItem("review-keys") !== "off";
  keysOn.removeAttribute("name");
  keysOn.addEventListener("change", (event) => {
    event.stopPropagation();
    localStorage.setItem("review-keys", keysOn.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-hand-in]"));
      return;
    }
    if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const criterion = document.activeElement?.closest("[data-crit]");
    const value = event.key.toLowerCase() === "n" ? "na" : event.key;
    const radio = criterion?.querySelector(`input[type=radio][value="${CSS.escape(value)}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const all = [...form.querySelectorAll("[data-crit]")];
    const following = all[all.indexOf(criterion) + 1];
    (following?.querySelector("input:checked") ?? following?.querySelector("input") ?? radio).focus();
  });
  for (const criterion of form.querySelectorAll("[data-crit]")) {
    criterion.addEventListener("focusin", () => criterion.classList.add("on"));
    criterion.addEventListener("focusout", () => criterion.classList.remove("on"));
  }
})();
