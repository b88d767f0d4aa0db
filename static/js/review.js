/* A review saves itself while it is written. What is typed is kept on this device until the server has it, and is
   sent when the line is back. All of it may fail: the two buttons of the form do the same. */
"use strict";

(() => {
  const settled = document.querySelector("[data-settled]")?.dataset.settled ?? document.querySelector("[data-done]")?.dataset.done;
  const keyOf = (review) => `mila:review:${review}`;
  try { if (settled) localStorage.removeItem(keyOf(settled)); } catch { /* nothing was kept */ }

  const form = document.querySelector("form[data-review]");
  if (!form) return;
  const words = form.dataset;
  const key = keyOf(words.review);
  const DAYS = 7 * 24 * 3600 * 1000;
  const OURS = new Set(["csrfmiddlewaretoken", "revision", "submission"]);
  const revision = form.elements.revision;
  const state = form.querySelector("[data-state]");
  let timer = 0;
  let again = 0; // the timer of the next try
  let wait = 0;
  let dirty = false; // something typed here is not on the server yet
  let stopped = false; // another tab saved: only the person decides what happens next
  let running = null;
  let leaving = false;

  /* The device's copy. Private windows may refuse it: then the page itself keeps the text. */
  const copy = {
    write(sent = false) {
      const fields = [...new FormData(form)].filter(([name]) => !OURS.has(name));
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), revision: revision.value, sent, fields }));
        return true;
      } catch { return false; }
    },
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && Date.now() - kept.at < DAYS ? kept : null;
      } catch { return null; }
    },
    drop() { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };

  const say = (text, bad, link) => {
    state.textContent = text;
    state.classList.toggle("t-c-bad", bad);
    if (!link) return;
    const way = document.createElement("a");
    [way.href, way.textContent, way.target] = [link, words.signInWord, "_blank"];
    state.append(" ", way);
  };

  /* `13 h 40` or `13:40`, as the server writes it. */
  /* Again after 3 s, 6 s … half a minute; at once when the browser says that the line is back. */
  const lost = (text, link) => {
    dirty = true;
    say(copy.write() || text !== words.offline ? text : words.failed, true, link);
    wait = Math.min(wait ? wait * 2 : 3000, 30000);
    clearTimeout(again);
    again = setTimeout(() => flush(), wait);
  };

  /* Signing in again, in another tab, changes the token: the cookie has the one of now. */
  const freshToken = () => {
    const token = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1];
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  };

  const heard = async (answer) => {
    if (answer.redirected || answer.status === 403) return lost(words.ended, words.signIn);
    const told = await answer.json();
    if (!answer.ok) {
      stopped = answer.status === 409;
      dirty = true;
      copy.write();
      return say(told.problem, true);
    }
    revision.value = told.revision;
    wait = 0;
    say(`${words.saved} ${told.saved_at}`, false);
    if (dirty) copy.write();
    else copy.drop();
  };

  const save = async () => {
    dirty = false;
    freshToken();
    try {
      await heard(await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } }));
    } catch {
      lost(words.offline);
    }
  };

  /* One save at a time: the revision of the next is the answer to the one before. */
  const flush = async () => {
    clearTimeout(timer);
    clearTimeout(again);
    if (running) await running;
    if (!dirty || stopped) return;
    running = save();
    await running;
    running = null;
  };

  const later = (delay) => {
    dirty = true;
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(flush, delay);
  };

  /* `3 of 5`, as the server writes it: the first number is what is scored. */
  const count = () => {
    const shown = form.querySelector("[data-scored]");
    const scored = [...form.querySelectorAll("[data-crit]")].filter((one) => one.querySelector("input:checked"));
    shown.textContent = shown.textContent.replace(/\d+/, scored.length);
  };
  form.addEventListener("change", () => { count(); later(300); });
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) later(1500); });

  /* A way out of the page waits until what was typed is on the server, or at least on this device. */
  document.addEventListener("click", async (event) => {
    const way = event.target.closest("a[data-key], .rail a, [data-rail] a");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey || (!dirty && !running)) return;
    event.preventDefault();
    await flush();
    location.assign(way.href);
  });

  /* A click on a button waits for the save on its way: its revision is the one that the server has. */
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    const button = event.submitter;
    if (running) {
      event.preventDefault();
      await running;
      form.requestSubmit(button);
    } else if (!navigator.onLine) {
      event.preventDefault();
      lost(words.offline);
    } else {
      freshToken();
      copy.write(true);
      leaving = true;
    }
  });
  window.addEventListener("online", flush);
  window.addEventListener("offline", () => { if (dirty) lost(words.offline); else say(words.offline, true); });
  document.addEventListener("visibilitychange", () => { if (dirty && !document.hidden) flush(); });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving && !copy.write()) event.preventDefault();
  });

  /* What was typed here and never reached the server, put back. */
  const putBack = (kept) => {
    const values = new Map(kept.fields);
    let different = false;
    for (const field of form.elements) {
      if (!field.name || OURS.has(field.name) || field.type === "submit") continue;
      const mine = values.get(field.name) ?? "";
      if (field.type === "radio") {
        different ||= (field.value === mine) !== field.checked;
        field.checked = field.value === mine;
      } else {
        different ||= field.value !== mine;
        field.value = mine;
      }
    }
    return different;
  };
  const kept = copy.read();
  /* Sent by a button, and saved since: it arrived. */
  if (!kept || (kept.sent && kept.revision !== revision.value) || !putBack(kept)) copy.drop();
  else {
    /* With the revision of that time: if the review changed elsewhere since, nothing is overwritten. */
    revision.value = kept.revision;
    for (const area of form.querySelectorAll("textarea")) area.dispatchEvent(new Event("input"));
    count();
    dirty = true;
    say(words.putBack, false);
    window.addEventListener("load", () => { flush(); });
  }
})();
