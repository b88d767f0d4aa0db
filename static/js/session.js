/* Ten minutes before the session ends, a quiet bar offers to stay signed in; once it has ended, it says how to go on.
   Without it nothing is lost: what is typed is kept by the server too, and given back after signing in. */
"use strict";

(() => {
  const bar = document.getElementById("session-bar");
  if (!bar) return;
  const BEFORE = 10 * 60 * 1000;
  const [soon, over] = [bar.querySelector("[data-soon]"), bar.querySelector("[data-over]")];
  const button = bar.querySelector("button");
  let ends = Date.parse(bar.dataset.ends);

  const look = () => {
    const left = ends - Date.now();
    bar.hidden = left > BEFORE;
    soon.hidden = left <= 0;
    over.hidden = left > 0;
    for (const place of bar.querySelectorAll("[data-minutes]")) place.textContent = String(Math.max(1, Math.ceil(left / 60000)));
  };

  button.addEventListener("click", async () => {
    const token = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1] ?? "";
    try {
      const answer = await fetch(bar.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
      ends = answer.ok ? Date.parse((await answer.json()).ends) : Date.now();
    } catch { /* the line is lost: the bar stays, and can be tried again */ }
    look();
  });

  look();
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", look);
})();
