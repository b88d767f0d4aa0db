/* Every page: deadlines also in the reader's own zone, the error summary in focus, print buttons. All of it may fail:
   the page is whole without it. */
"use strict";

(() => {
  const language = document.documentElement.lang;
  const montreal = "America/Toronto";
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || montreal;

  /* `mardi 1er décembre 2026, 23 h 59` or `Tuesday 1 December 2026, 23:59`, as the server writes it. */
  const written = (moment, zone) => {
    const part = Object.fromEntries(
      new Intl.DateTimeFormat(language, {
        timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
        hour: "numeric", minute: "2-digit", hourCycle: "h23",
      }).formatToParts(moment).map(({ type, value }) => [type, value]),
    );
    const french = language.startsWith("fr");
    const day = french && part.day === "1" ? "1er" : part.day;
    const hour = Number(part.hour);
    const clock = french
      ? `${hour}\u00a0h${part.minute === "00" ? "" : `\u00a0${part.minute}`}`
      : `${String(hour).padStart(2, "0")}:${part.minute}`;
    return `${part.weekday} ${day}\u00a0${part.month}\u00a0${part.year}, ${clock}`;
  };

  const city = here.split("/").pop().replaceAll("_", " ");
  const clockOf = () => document.body.dataset.clock.replace("{city}", city).replace(/ de (?=[AEIOUYÉÎÔ])/, " d’");

  /* The ordinal of the first of the month is raised, as on the rest of the page. */
  const write = (place, text) => {
    const [before, after] = text.split(" 1er\u00a0");
    if (after === undefined) return place.append(text);
    const raised = document.createElement("sup");
    raised.textContent = "er";
    return place.append(`${before} 1`, raised, `\u00a0${after}`);
  };

  /* A menu too long for the window begins where one is. */
  const menu = document.querySelector(".nav-main");
  const current = menu?.querySelector("a[aria-current], summary[aria-current]");
  if (current && menu.scrollWidth > menu.clientWidth) {
    const [whole, part] = [menu.getBoundingClientRect(), current.getBoundingClientRect()];
    menu.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2;
  }

  /* What the menu folds closes on Escape, and when one goes elsewhere. */
  const more = document.querySelector(".nav-more");
  more?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  more?.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false;
  });
  document.addEventListener("click", (event) => {
    if (more?.open && !more.contains(event.target)) more.open = false;
  });

  for (const time of document.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    const there = written(moment, here);
    if (there === written(moment, montreal)) continue;
    const slot = document.getElementById(time.dataset.local);
    if (slot) {
      write(slot.querySelector("[data-moment]"), there);
      slot.querySelector("[data-city]").textContent = clockOf();
      slot.hidden = false;
    } else {
      const also = document.createElement("span");
      const colon = language.startsWith("fr") ? "\u00a0:" : ":";
      also.className = "local";
      write(also, `${document.body.dataset.here} (${city})${colon} ${there}`);
      time.after(" · ", also);
    }
  }

  document.querySelector(".errors[tabindex]")?.focus();

  /* Leaving on purpose leaves nothing on the device. */
  for (const way of document.querySelectorAll("form[action$='/sign-out/']")) {
    way.addEventListener("submit", () => {
      try {
        for (const name of Object.keys(localStorage)) if (name.startsWith("mila:")) localStorage.removeItem(name);
      } catch { /* nothing was kept */ }
    });
  }

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* A tick that the server refused (the session has ended, another tab signed in) is not left standing in silence: the
     page as it is now, or the way in. */
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.closest?.(".ticks")) window.location.reload();
  });
})();
