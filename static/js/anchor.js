/* A calibration file answers to the keys of the review screen: 1 to 5 and N in a criterion, Ctrl and Enter saves. */
"use strict";

(() => {
  const form = document.querySelector("form[data-anchor-file]");
  if (!form) return;
  form.querySelector("[data-keys]").hidden = false;
  const all = [...form.querySelectorAll("[data-crit]")];
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const criterion = document.activeElement?.closest("[data-crit]");
    const value = event.key.toLowerCase() === "n" ? "na" : event.key;
    const radio = criterion?.querySelector(`input[type=radio][value="${CSS.escape(value)}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    const following = all[all.indexOf(criterion) + 1];
    (following?.querySelector("input:checked") ?? following?.querySelector("input") ?? radio).focus();
  });
})();
