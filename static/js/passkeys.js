/* Ties django-allauth's passkey functions to the form marked `data-passkey`, and says when a passkey did not answer.
   The options come as data (`#passkey-data`): nothing inline runs. */
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  const forms = window.allauth?.webauthn?.forms;
  if (!form || !forms) return;

  const ids = { credential: "passkey-credential", data: "passkey-data" };
  const kind = form.dataset.passkey;
  forms[`${kind}Form`]({ ids: { ...ids, [kind]: "passkey-button" } });

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-passkey-trouble]");
    if (trouble) trouble.hidden = false;
  });
})();
