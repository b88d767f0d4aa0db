/* Documents, sent part by part: what is here stays here, whatever becomes of the line or of this page. The server
   judges; each answer is the row as it is now. Without this script each row is an ordinary form. */
"use strict";

(() => {
  const room = document.querySelector("[data-uploads]");
  if (!room) return;

  const words = room.dataset;
  const language = document.documentElement.lang;
  const files = new Map();   /* what was chosen for a row, for the time of a question about its name */
  const queue = [];          /* one file at a time: two would share the same line */
  let active = null;

  const said = room.querySelector("[data-said]");
  const say = (text, name = "") => { said.textContent = text.replace("{name}", name); };
  const rowOf = (slot) => room.querySelector(`[data-row="${CSS.escape(slot)}"]`);
  const pause = (seconds) => new Promise((wake) => {
    const timer = setTimeout(wake, seconds * 1000);
    /* The browser knows before we would try again; somebody who signed in elsewhere comes back to this page. */
    for (const event of ["online", "focus"]) {
      window.addEventListener(event, () => { clearTimeout(timer); wake(); }, { once: true });
    }
  });

  const size = (bytes) => {
    const unit = language.startsWith("fr") ? "Mo" : "MB";
    const figure = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return `${figure.format(bytes / 1024 / 1024)}\u00a0${unit}`;
  };
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  /* A row of a page that has this script: the button is the choice itself, and the row takes what is dropped on it. */
  const liven = (row) => {
    const form = row.querySelector("form[data-upload]");
    if (!form) return;
    const label = form.querySelector(".pick");
    label.className = `pick ${label.dataset.liveClass}`;
    form.querySelector("input[type=file]").classList.add("visually-hidden");
    form.querySelector("[data-plain]").hidden = true;
    for (const part of row.querySelectorAll("[data-live], [data-interrupted]")) part.hidden = false;
    const rename = form.querySelector("[data-rename]");
    if (rename && files.has(row.dataset.row)) {
      rename.hidden = false;
      form.querySelector(".drag").hidden = true;
    }
  };

  /* The same for an answer that was on its way when the keyboard came to the row. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target } = event.detail;
    if (target.dataset.row && target.contains(document.activeElement)) event.detail.shouldSwap = false;
  });

  /* The thread of steps says what is still missing: it is asked again once a file is there. */
  const tellSteps = async () => {
    const nav = document.querySelector("nav.steps");
    const answer = await fetch(location.pathname).catch(() => null);
    if (!nav || !answer?.ok || nav.contains(document.activeElement)) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("nav.steps");
    if (fresh) nav.replaceChildren(...fresh.childNodes);
  };

  const put = (slot, html) => {
    const old = rowOf(slot);
    const mine = old.contains(document.activeElement);
    old.insertAdjacentHTML("afterend", html);
    old.remove();
    const row = rowOf(slot);
    liven(row);
    window.htmx?.process(row);
    if (mine) (row.querySelector("input[name=label]") ?? row.querySelector("input[type=file]")).focus();
    void tellSteps();
    return row;
  };

  const show = (job, received, text = "") => {
    const row = rowOf(job.slot);
    const share = Math.floor((100 * received) / job.file.size);
    row.querySelector("form[data-upload]").hidden = true;
    const box = row.querySelector("[data-sending]");
    box.hidden = false;
    box.querySelector("[data-name]").textContent = job.name;
    box.querySelector("progress").value = share;
    box.querySelector("[data-percent]").textContent = new Intl.NumberFormat(language, { style: "percent" }).format(share / 100);
    const far = words.far.replace("{received}", size(received)).replace("{size}", size(job.file.size));
    box.querySelector("[data-far]").textContent = text || `· ${far}`;
    box.classList.toggle("lost", job.stopped === true);
  };

  /* One request that does not give up: it waits for the line, for the server, or for somebody who signs in again. */
  const ask = async (job, address, options) => {
    const token = rowOf(job.slot).querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "HX-Request": "true", ...options.headers };
    for (let wait = 1; ; wait = Math.min(wait * 2, 30)) {
      if (job.cancelled) throw new DOMException("", "AbortError");
      let trouble;
      try {
        const answer = await fetch(address, { method: "POST", signal: job.abort.signal, ...options, headers });
        if (answer.status < 500 && ![401, 403, 408, 429].includes(answer.status)) {
          if (job.stopped) { job.stopped = false; say(words.back); }
          return answer;
        }
        trouble = [401, 403].includes(answer.status) ? words.signedOut : words.away;
      } catch (error) {
        if (error.name === "AbortError") throw error;
        trouble = words.lost;
      }
      if (!job.stopped) say(trouble);
      job.stopped = true;
      show(job, job.received, trouble);
      await pause(wait);
    }
  };

  const begin = async (job) => {
    const body = new URLSearchParams({ name: job.name, size: job.file.size });
    body.set("head", hex(await job.file.slice(0, 16).arrayBuffer()));
    /* Only where the page is served safely; it is what lets the same file go on after a reload. */
    if (crypto.subtle) body.set("sha256", hex(await crypto.subtle.digest("SHA-256", await job.file.arrayBuffer())));
    return ask(job, rowOf(job.slot).dataset.begin, { body });
  };

  const sendParts = async (job, to) => {
    let most = 64 * 1024;   /* small at first, so that a slow line shows that it moves */
    while (job.received < job.file.size) {
      const part = job.file.slice(job.received, job.received + most);
      const began = performance.now();
      const answer = await ask(job, to.part, { body: part, headers: { "Upload-Offset": job.received, "Content-Type": "application/octet-stream" } });
      if (![200, 409].includes(answer.status)) return answer;
      const state = await answer.json();
      if (state.over) break;
      job.received = state.received;
      show(job, job.received);
      most = performance.now() - began < 1500 ? Math.min(most * 2, to.largest) : Math.max(most / 2, 16 * 1024);
    }
    return null;
  };

  const send = async (job) => {
    show(job, 0, words.reading);
    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await begin(job);
      if (!answer.headers.get("Content-Type")?.includes("json")) return answer;
      const to = await answer.json();
      job.drop = to.drop;
      job.received = to.received;
      show(job, job.received);
      /* Gone or lost on the way: announced again, it goes on or starts over. */
      if (await sendParts(job, to)) continue;
      show(job, job.file.size, words.checking);
      const row = await ask(job, to.finish, {});
      if (row.headers.get("Content-Type")?.includes("json")) continue;
      return row;
    }
    return null;
  };

  const next = async () => {
    if (active || !queue.length) return;
    const job = active = queue.shift();
    try {
      const answer = await send(job);
      if (!answer || ![200, 422].includes(answer.status)) {
        show(job, job.received, words.gone);
        say(words.gone);
      } else {
        const row = put(job.slot, await answer.text());
        if (answer.status === 200) {
          files.delete(job.slot);
          say(words.done, job.name);
        }
        row.scrollIntoView({ block: "nearest" });
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      active = null;
      next();
    }
  };

  const restore = (slot) => {
    const row = rowOf(slot);
    row.querySelector("[data-sending]").hidden = true;
    row.querySelector("form[data-upload]").hidden = false;
    row.querySelector("input[type=file]").focus();
  };

  const enqueue = (slot, file, name = file.name) => {
    if (active?.slot === slot || queue.some((job) => job.slot === slot)) return;
    files.set(slot, file);
    rowOf(slot).querySelector(".note[role=alert]")?.remove();
    const job = { slot, file, name, received: 0, abort: new AbortController() };
    queue.push(job);
    show(job, 0, words.waiting);
    say(words.begun, name);
    next();
  };

  const cancel = (slot) => {
    const waiting = queue.findIndex((job) => job.slot === slot);
    const job = waiting >= 0 ? queue.splice(waiting, 1)[0] : active;
    if (!job || job.slot !== slot) return restore(slot);
    job.cancelled = true;
    job.abort.abort();
    files.delete(slot);
    if (job.drop) {
      const token = rowOf(slot).querySelector("[name=csrfmiddlewaretoken]").value;
      fetch(job.drop, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
    }
    restore(slot);
    say(words.cancelled, job.name);
  };

  room.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.type === "file" && event.target.files[0]) {
      enqueue(row.dataset.row, event.target.files[0]);
      event.target.value = "";
    }
  });
  room.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || !event.target.matches("[data-upload]") || !files.has(row.dataset.row)) return;
    event.preventDefault();
    enqueue(row.dataset.row, files.get(row.dataset.row), event.target.elements.label?.value);
  });
  room.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) cancel(event.target.closest("[data-row]").dataset.row);
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      /* Beside a row the browser would leave the page to show the file. */
      event.preventDefault();
      const row = event.target.closest?.("[data-row]");
      for (const other of room.querySelectorAll(".over")) if (other !== row) other.classList.remove("over");
      row?.classList.toggle("over", kind !== "drop" && kind !== "dragleave");
      if (kind === "drop" && row && event.dataTransfer.files[0]) enqueue(row.dataset.row, event.dataTransfer.files[0]);
    });
  }

  /* A row that asks what became of its check must not take away what somebody is doing in it. */
  room.addEventListener("htmx:beforeRequest", (event) => {
    const row = event.target.closest("[data-row]");
    const busy = row && (active?.slot === row.dataset.row || row.contains(document.activeElement) || files.has(row.dataset.row));
    if (busy) event.preventDefault();
  });
  room.addEventListener("htmx:load", (event) => {
    if (event.target.matches?.("[data-row]")) liven(event.target);
  });
  window.addEventListener("beforeunload", (event) => { if (active) event.preventDefault(); });

  for (const row of room.querySelectorAll("[data-row]")) liven(row);
})();
