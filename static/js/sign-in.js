/* The code page: "Send a new code" waits a minute, six digits are enough to continue. Without this script the
   button works at once and the server says how long to wait. */
"use strict";

(() => {
  const button = document.querySelector("button[data-wait]");
  const text = document.querySelector("[data-wait-text]");
  if (!button || !text || button.dataset.wait === "0") return;
  const left = text.querySelector("[data-wait-left]");
  const ends = Date.now() + Number(button.dataset.wait) * 1000;
  button.setAttribute("aria-disabled", "true");
  text.hidden = false;

  const refuse = (event) => event.preventDefault();
  button.addEventListener("click", refuse);

  const tick = () => {
    const seconds = Math.ceil((ends - Date.now()) / 1000);
    if (seconds > 0) {
      left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      setTimeout(tick, 250);
      return;
    }
    button.removeAttribute("aria-disabled");
    button.removeEventListener("click", refuse);
    text.hidden = true;
  };
  tick();
})();
