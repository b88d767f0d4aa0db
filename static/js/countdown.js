/* Keeps a countdown true while the page stays open: the server wrote the figures, this renews them each half minute. */
"use strict";

(() => {
  const show = (count) => {
    const minutes = Math.max(0, Math.floor((Date.parse(count.dataset.until) - Date.now()) / 60000));
    const write = (name, figure) => {
      const place = count.querySelector(`[data-${name}]`);
      if (place) place.textContent = String(figure);
    };
    const days = count.querySelector("[data-days]") ? Math.floor(minutes / 1440) : 0;
    write("days", days);
    write("hours", Math.floor((minutes - days * 1440) / 60));
    write("minutes", minutes % 60);
  };

  for (const count of document.querySelectorAll("[data-until]")) {
    show(count);
    setInterval(show, 30000, count);
  }
})();
