/* The totals of a budget, while it is typed: the server works them out too, and what it says counts. Nothing leaves the page. */
"use strict";

(() => {
  const table = document.querySelector("[data-budget]");
  if (!table) return;

  /* Cents, so that they add up; a comma or a point, with or without spaces. */
  const cents = (text) => {
    const plain = text.replace(/\s/gu, "").replace(/[,٫]/u, ".");
    return /^\d+(\.\d{1,2})?$/u.test(plain) ? Math.round(Number(plain) * 100) : 0;
  };
  const english = document.documentElement.lang.startsWith("en");
  const written = (amount) => {
    const places = amount % 100 ? 2 : 0;
    const figures = { minimumFractionDigits: places, maximumFractionDigits: places };
    const text = new Intl.NumberFormat(document.documentElement.lang, figures).format(Math.abs(amount) / 100);
    const sign = amount < 0 ? "−" : "";
    return english ? `${sign}$${text}` : `${sign}${text}\u00a0$`;
  };
  const sum = (part) => [...table.querySelectorAll(`[data-sum=${part}]`)].reduce((all, field) => all + cents(field.value), 0);
  const show = () => {
    const [income, expenses] = [sum("income"), sum("expenses")];
    table.querySelector("[data-total=income]").textContent = written(income);
    table.querySelector("[data-total=expenses]").textContent = written(expenses);
    table.querySelector("[data-balance]").textContent = written(income - expenses);
  };
  table.addEventListener("input", show);
  show();
})();
