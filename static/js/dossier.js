/* The dossier in two views: in words, as the server wrote it, and as one PDF, drawn here page by page. The library of the
   PDF is loaded when that view is opened, and not before. Any element with `data-dossier-page="7"` and any link to
   `#page-7` opens the PDF there; `<html data-dossier-page>` tells the page in view while the PDF is open. */
"use strict";

(() => {
  const dossier = document.querySelector("[data-dossier]");
  if (!dossier) return;
  const root = document.documentElement;
  const views = { words: dossier.querySelector("[data-view=words]"), pdf: dossier.querySelector("[data-view=pdf]") };
  const tabs = [...dossier.querySelectorAll("[role=tab]")];
  const box = dossier.querySelector("[data-pages]");
  const field = dossier.querySelector("#pdf-page");
  const told = dossier.querySelector("[data-told]");
  const KEPT = "dossier-view";
  const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
  const MOST_PIXELS = 16e6;
  const AROUND = "120% 0px"; // of the box: drawn ahead, and kept behind
  let pages = []; // { number, proxy, place, drawing }
  let loading = null;
  let zoom = 0; // 0: as wide as the box
  let here = 1;
  let watcher = null;

  const remember = (view) => {
    try {
      localStorage.setItem(KEPT, view);
    } catch { /* a browser that keeps nothing: the view is chosen anew each time */ }
  };
  const remembered = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };

  const isOpen = () => !views.pdf.hidden;

  /* Views ------------------------------------------------------------------------------------------------------ */
  const open = (view, { keep = true } = {}) => {
    for (const [name, panel] of Object.entries(views)) panel.hidden = name !== view;
    for (const tab of tabs) {
      const chosen = tab.id === `view-${view}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    dossier.classList.toggle("as-pdf", view === "pdf");
    if (keep) remember(view);
    if (view === "pdf" && box) {
      root.dataset.dossierPage = String(here);
      return load();
    }
    delete root.dataset.dossierPage;
    return Promise.resolve();
  };

  views.words.setAttribute("role", "tabpanel");
  views.words.setAttribute("aria-labelledby", "view-words");
  dossier.querySelector("[data-views]").hidden = false;
  for (const tab of tabs) {
    tab.addEventListener("click", () => open(tab.id.replace("view-", "")));
    tab.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.indexOf(tab), End: tabs.length - 1 - tabs.indexOf(tab) };
      if (!(event.key in steps)) return;
      event.preventDefault();
      const next = tabs[(tabs.indexOf(tab) + steps[event.key] + tabs.length) % tabs.length];
      next.focus();
      next.click();
    });
  }

  /* Loading ---------------------------------------------------------------------------------------------------- */
  const fetched = async () => {
    const answer = await fetch(box.dataset.file, { credentials: "same-origin" });
    const type = answer.headers.get("Content-Type") ?? "";
    if (!answer.ok || !type.startsWith("application/pdf")) throw new Error(`The dossier answered ${answer.status}.`);
    return new Uint8Array(await answer.arrayBuffer());
  };

  const start = async () => {
    told.textContent = box.dataset.loading;
    const [library, data] = await Promise.all([import(box.dataset.library), fetched()]);
    library.GlobalWorkerOptions.workerSrc = box.dataset.worker;
    const options = { data, isEvalSupported: false, useWasm: false, enableXfa: false };
    const tables = new URL(box.dataset.tables, location.href).href;
    const places = { wasmUrl: tables, cMapUrl: `${tables}cmaps/`, cMapPacked: true, standardFontDataUrl: `${tables}fonts/` };
    const bound = await library.getDocument({ ...options, ...places }).promise;
    const numbers = Array.from({ length: bound.numPages }, (_, index) => index + 1);
    const proxies = await Promise.all(numbers.map((number) => bound.getPage(number)));
    pages = proxies.map((proxy, index) => ({ proxy, library, number: index + 1, place: placeFor(index + 1), drawing: null }));
    box.replaceChildren(...pages.map((page) => page.place));
    layOut();
    watch();
    told.textContent = "";
  };

  const load = () => {
    loading ??= start().catch((trouble) => {
      loading = null;
      told.textContent = "";
      views.pdf.querySelector("[data-wrong]").hidden = false;
      box.hidden = true;
      console.warn(trouble.message);
    });
    return loading;
  };

  const placeFor = (number) => {
    const place = document.createElement("div");
    place.className = "pdf-page";
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", `${box.dataset.page} ${number}`);
    place.dataset.number = number;
    return place;
  };

  /* Size ------------------------------------------------------------------------------------------------------- */
  const scaleOf = (page) => {
    if (zoom) return zoom * (96 / 72);
    const width = page.proxy.getViewport({ scale: 1 }).width;
    return Math.max(box.clientWidth - 24, 200) / width;
  };

  const layOut = () => {
    for (const page of pages) {
      const viewport = page.proxy.getViewport({ scale: scaleOf(page) });
      page.place.style.width = `${Math.floor(viewport.width)}px`;
      page.place.style.height = `${Math.floor(viewport.height)}px`;
      page.place.style.setProperty("--total-scale-factor", viewport.scale);
      clear(page);
    }
  };

  const resize = (change) => {
    const page = pages[here - 1];
    if (!page) return;
    const within = (box.scrollTop - page.place.offsetTop) / page.place.offsetHeight;
    change();
    layOut();
    box.scrollTop = page.place.offsetTop + within * page.place.offsetHeight;
    watch();
  };

  const step = (direction) => {
    const now = zoom || scaleOf(pages[here - 1]) * (72 / 96);
    const bigger = ZOOMS.filter((one) => one > now + 0.01);
    const smaller = ZOOMS.filter((one) => one < now - 0.01);
    return direction === "in" ? (bigger[0] ?? now) : (smaller.at(-1) ?? now);
  };

  const fit = dossier.querySelector("[data-zoom=fit]");
  for (const button of dossier.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (!pages.length) return;
      resize(() => {
        zoom = button === fit ? 0 : step(button.dataset.zoom);
      });
      fit.setAttribute("aria-pressed", String(zoom === 0));
      told.textContent = zoom ? zoom.toLocaleString(root.lang, { style: "percent" }) : "";
    });
  }

  /* Drawing ---------------------------------------------------------------------------------------------------- */
  const clear = (page) => {
    page.drawing?.cancel();
    page.drawing = null;
    page.place.replaceChildren();
    delete page.place.dataset.drawn;
  };

  const draw = async (page) => {
    if (page.drawing) return;
    const viewport = page.proxy.getViewport({ scale: scaleOf(page) });
    const dense = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width * dense);
    canvas.height = Math.floor(viewport.height * dense);
    canvas.setAttribute("aria-hidden", "true");
    const words = document.createElement("div");
    words.className = "textLayer";
    const transform = dense === 1 ? null : [dense, 0, 0, dense, 0, 0];
    const mine = (page.drawing = page.proxy.render({ canvas, viewport, transform }));
    try {
      await mine.promise;
      if (page.drawing !== mine) return;
      page.place.replaceChildren(canvas, words);
      const source = page.proxy.streamTextContent({ includeMarkedContent: false });
      await new page.library.TextLayer({ textContentSource: source, container: words, viewport }).render();
      page.place.dataset.drawn = "";
    } catch (trouble) {
      if (trouble.name !== "RenderingCancelledException") console.warn(trouble.message);
    }
  };

  const watch = () => {
    watcher?.disconnect();
    watcher = new IntersectionObserver(
      (seen) => {
        for (const one of seen) {
          const page = pages[one.target.dataset.number - 1];
          if (one.isIntersecting) draw(page);
          else clear(page);
        }
      },
      { root: box, rootMargin: AROUND },
    );
    for (const page of pages) watcher.observe(page.place);
  };

  /* Where one is ------------------------------------------------------------------------------------------------ */
  const show = (number) => {
    here = number;
    if (isOpen()) root.dataset.dossierPage = String(number);
    if (document.activeElement !== field) field.value = number;
  };

  const locate = () => {
    const line = box.scrollTop + box.clientHeight / 3;
    const page = pages.findLast((one) => one.place.offsetTop <= line) ?? pages[0];
    if (page && page.number !== here) show(page.number);
  };

  const jump = async (wanted) => {
    await open("pdf", { keep: false });
    if (!pages.length) return;
    const number = Math.min(Math.max(Math.trunc(wanted) || 1, 1), pages.length);
    box.scrollTop = pages[number - 1].place.offsetTop - 8;
    show(number);
    field.value = number;
    if (box.getBoundingClientRect().top < 0 || box.getBoundingClientRect().top > window.innerHeight / 2) views.pdf.scrollIntoView();
  };

  const numberIn = (link) => {
    const asked = link.dataset.dossierPage ?? link.getAttribute("href")?.match(/^#page-(\d+)$/)?.[1];
    return asked ? Number(asked) : 0;
  };

  if (box) {
    let waiting = 0;
    box.addEventListener("scroll", () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(locate);
    });
    field.addEventListener("change", () => jump(Number(field.value)));
    for (const button of dossier.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => jump(here + Number(button.dataset.step)));
    }
    let width = 0;
    new ResizeObserver(() => {
      const changed = box.clientWidth && box.clientWidth !== width;
      width = box.clientWidth || width;
      if (changed && pages.length && !zoom) resize(() => {});
    }).observe(box);
  }

  /* The two page keys turn the pages of the PDF, wherever the focus is but in a text. */
  document.addEventListener("keydown", (event) => {
    const turn = { PageDown: 1, PageUp: -1 }[event.key];
    if (!turn || !isOpen() || !box || event.target.matches("textarea, select, input[type=text]")) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    jump(here + turn);
  });

  /* The contents close when one looks elsewhere. */
  const contents = dossier.querySelector(".pdf-toc");
  contents?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.open) return;
    event.stopPropagation();
    contents.open = false;
    contents.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (contents?.open && !contents.contains(event.target)) contents.open = false;
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dossier-page], a[href^='#page-']");
    if (!link || link === root || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const number = numberIn(link);
    if (!number) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    jump(number);
    if (!link.closest("[data-view=pdf]") || link.closest("details")) box?.focus({ preventScroll: true });
  });

  const linked = Number(location.hash.match(/^#page-(\d+)$/)?.[1] ?? 0);
  if (linked) jump(linked);
  else if (remembered() === "pdf" && box) open("pdf", { keep: false });
})();
