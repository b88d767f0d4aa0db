/* A step of the form on a poor line: what is typed is kept on this device until the server has it, and is sent when
   the line is back. Nothing stays on the device once it is saved. The page is whole without this: each step saves by
   its button. */
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;

  const words = form.dataset;
  const key = `mila:draft:${words.draft}:${words.step}`;
  const DAYS = 7 * 24 * 3600 * 1000;
  const OURS = new Set(["csrfmiddlewaretoken", "seen", "page"]);
  let dirty = false;     /* something typed here is not on the server yet */
  let typed = 0;         /* counts what was typed, to know whether an answer covers it */
  let asked = 0;         /* what the request under way carries */
  let lost = false;
  let again = 0;         /* the timer of the next try */
  let wait = 0;

  const line = () => document.getElementById("saved");
  const mark = () => document.getElementById("seen");
  const page = document.getElementById("page");

  /* The device's copy. Private windows may refuse it: then the page itself keeps the text, as before. */
  const copy = {
    write(sent = false) {
      const fields = [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), seen: mark().value, page: page.value, sent, fields }));
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
    const here = line();
    if (!here) return;
    here.textContent = text;
    here.classList.toggle("lost", bad);
    if (link) {
      const way = document.createElement("a");
      [way.href, way.textContent, way.target] = [link.href, link.text, link.target ?? ""];
      here.append(" ", way);
    }
  };

  const hour = (moment) => {
    const french = document.documentElement.lang.startsWith("fr");
    const [h, m] = [moment.getHours(), String(moment.getMinutes()).padStart(2, "0")];
    return french ? `${h}\u00a0h\u00a0${m}` : `${String(h).padStart(2, "0")}:${m}`;
  };

  /* Sending again, sooner first: 3 s, 6 s … half a minute; at once when the browser says that the line is back. */
  const retry = () => {
    clearTimeout(again);
    if (dirty) window.htmx?.trigger(form, "again");
  };
  const later = () => {
    wait = Math.min(wait ? wait * 2 : 3000, 30000);
    clearTimeout(again);
    again = setTimeout(retry, wait);
  };

  const lineLost = () => {
    lost = true;
    say(copy.write() ? words.offline : words.offlineHere, true);
    later();
  };

  let writing = 0;
  const changed = () => {
    typed += 1;
    dirty = true;
    clearTimeout(writing);
    writing = setTimeout(() => { if (dirty) copy.write(); }, 400);
    if (!lost && line() && !line().classList.contains("bad")) say(words.saving, false);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  form.addEventListener("htmx:beforeRequest", () => { asked = typed; });
  /* Signing in again, in another tab, changes the token: the cookie has the one of now. */
  form.addEventListener("htmx:configRequest", (event) => {
    const token = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1];
    if (!token) return;
    form.elements.csrfmiddlewaretoken.value = token;
    event.detail.parameters.set("csrfmiddlewaretoken", token);
  });
  form.addEventListener("htmx:sendError", lineLost);
  form.addEventListener("htmx:timeout", lineLost);
  form.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 500 || status === 429) return lineLost();
    if (status === 401) return;
    copy.write();
    say(words.refused, true);
  });

  /* Signed out meanwhile: the page stays, with the text; signing in happens beside it. */
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    lost = true;
    copy.write();
    say(words.signedOut, true, { href: words.signIn, text: words.signInWord, target: "_blank" });
    later();
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    lost = false;
    wait = 0;
    clearTimeout(again);
    /* The server's own line says when it did not keep it (changed elsewhere, closed meanwhile). */
    if (line()?.classList.contains("bad")) return void copy.write();
    if (typed !== asked) return void changed();
    dirty = false;
    clearTimeout(writing);
    copy.drop();
    channel?.postMessage({ key, seen: mark().value });
  });

  /* The button: the copy waits until the next look at this step shows that the server has it. */
  form.addEventListener("submit", (event) => {
    copy.write(true);
    if (navigator.onLine) {
      dirty = false;
      return;
    }
    event.preventDefault();
    changed();
    lineLost();
  });

  window.addEventListener("online", retry);
  window.addEventListener("offline", () => { if (dirty) lineLost(); else say(words.offline, true); });
  document.addEventListener("visibilitychange", () => {
    if (!dirty) return;
    copy.write();
    if (!document.hidden || !lost) retry();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !copy.write()) event.preventDefault();
  });

  /* The same step in another tab: say so before both write, not after. */
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("mila:draft") : null;
  channel?.addEventListener("message", ({ data }) => {
    if (data.key !== key || data.seen === mark().value) return;
    say(words.elsewhere, true, { href: location.pathname, text: words.elsewhereWord });
  });

  /* What was typed here and never reached the server, put back. */
  const putBack = (kept) => {
    const values = new Map();
    for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
    let different = false;
    for (const field of form.elements) {
      if (!field.name || OURS.has(field.name) || field.type === "submit" || field.type === "file") continue;
      const mine = values.get(field.name) ?? [];
      if (field.type === "radio" || field.type === "checkbox") {
        const on = mine.includes(field.value);
        different ||= on !== field.checked;
        field.checked = on;
      } else if (field.type !== "hidden" && mine.length) {
        different ||= field.value !== mine[0];
        field.value = mine[0];
      }
    }
    return different;
  };

  const kept = copy.read();
  if (!kept) copy.drop();
  /* Sent by the button, and the step is another one since: it arrived. */
  else if (kept.sent && kept.seen !== mark().value) copy.drop();
  else if (!putBack(kept)) copy.drop();
  else {
    /* With the mark of that time: if the step changed elsewhere since, the server shows both and overwrites nothing. */
    mark().value = kept.seen;
    if (kept.page) page.value = kept.page;
    form.dispatchEvent(new Event("mila:putback", { bubbles: true }));
    for (const area of form.querySelectorAll("textarea")) area.dispatchEvent(new Event("input"));
    changed();
    say(words.putBack.replace("{time}", hour(new Date(kept.at))), false);
    window.addEventListener("load", retry);
  }
})();
