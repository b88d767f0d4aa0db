/* The dashboard, refreshed in place: once a minute while its tab is in view, one request at a time. A part is replaced
   only if it changed; the focus, open tables and their scrolling stay. The page is whole without it. */
"use strict";

(() => {
  const link = document.querySelector("[data-refresh]");
  if (!link) return;
  const lost = document.querySelector("[data-line-lost]");
  const MINUTE = 60 * 1000;
  const LONGEST = 10 * MINUTE;
  const STOPS = "a[href], button, select, summary, [tabindex='0']";
  let wait = MINUTE;
  let last = Date.now();
  let timer = 0;
  let busy = false;

  const parts = (page) => new Map([...page.querySelectorAll("[data-fresh]")].map((part) => [part.dataset.fresh, part]));
  const kept = (part) => [...part.querySelectorAll(".scroll-x")];

  /* The same stop again: by where it leads, else by its place. */
  const refocus = (part, href, place) => {
    const stops = [...part.querySelectorAll(STOPS)];
    (stops.find((stop) => href && stop.getAttribute("href") === href) ?? stops[Math.min(place, stops.length - 1)])?.focus({ preventScroll: true });
  };

  const replace = (part, fresh) => {
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const place = active ? [...part.querySelectorAll(STOPS)].indexOf(active) : -1;
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    const scrolled = kept(part).map((one) => [one.scrollLeft, one.scrollTop]);
    const before = part.cloneNode(true);
    for (const one of before.querySelectorAll("details")) one.open = false;
    if (before.innerHTML === fresh.innerHTML) return;
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? false; });
    kept(part).forEach((one, index) => { [one.scrollLeft, one.scrollTop] = scrolled[index] ?? [0, 0]; });
    if (active) refocus(part, active.getAttribute("href"), place);
  };

  const say = (words) => {
    if (lost.textContent !== words) lost.textContent = words;
  };

  /* A part that came or went (the readers', once the reading is over) is the whole page's business. */
  const show = (page) => {
    const [here, there] = [parts(document), parts(page)];
    if ([...here.keys()].join() !== [...there.keys()].join()) {
      window.location.reload();
      return;
    }
    for (const [name, part] of here) replace(part, there.get(name));
  };

  const refresh = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      const answer = await fetch(link.href, { headers: { "X-Refresh": "1" }, cache: "no-store", signal: AbortSignal.timeout(20000) });
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        say(lost.dataset.over);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      say("");
      wait = MINUTE;
    } catch {
      say(lost.dataset.words);
      wait = Math.min(wait * 2, LONGEST);
    } finally {
      busy = false;
      last = Date.now();
    }
    plan();
  };

  const plan = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(refresh, Math.max(0, last + wait - Date.now()));
  };

  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    refresh();
  });
  document.addEventListener("visibilitychange", plan);
  plan();
})();
