/* day_recap.js: the forms of the visits without SKD classes. htmx saves each choice. The button ends a form: it leaves the
   page, the counts follow, and the focus goes to the next form. A choice alone never takes a form away, because the arrow
   keys pass other choices on their way. */
(() => {
  "use strict";

  const rows = document.getElementById("skd-rows");
  if (!rows) return;
  const leave = (form) => {
    const isCounted = rows.contains(form);
    const next = form.nextElementSibling?.querySelector("select") ?? rows.querySelector("[data-classes] select");
    const ticket = form.dataset.ticket;
    form.remove();
    const counts = [...document.querySelectorAll("[data-left]")];
    if (isCounted) for (const count of counts) count.textContent = Number(count.textContent) - 1;
    const left = Number(document.querySelector("#skd [data-left]").textContent);
    document.getElementById("skd-said").textContent = `${ticket} disimpan, tinggal ${left}.`;
    if (left === 0) finish();
    const target = next?.isConnected ? next : document.querySelector("#skd a, .page-acts a");
    target?.focus();
  };
  const finish = () => {
    document.getElementById("skd-none").hidden = false;
    const todo = document.getElementById("day-todo");
    todo.querySelector("[data-left]")?.closest(".chip").remove();
    if (todo.querySelector(".chip")) return;
    todo.hidden = true;
    document.getElementById("day-done").hidden = false;
  };
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("[data-classes]");
    const isButton = event.detail.requestConfig.triggeringEvent?.type === "submit";
    if (form && isButton && event.detail.successful && !form.querySelector("[role=status] .is-late")) leave(form);
  });
})();
