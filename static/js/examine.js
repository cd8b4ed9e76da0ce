/* examine.js: marks the rincian whose editor stands at the right, and asks before a typed remark is lost.
   The editor is chosen by the address (#p-r5-6) and CSS alone; the page works without this file. */
(() => {
  "use strict";

  const current = () => {
    const hash = decodeURIComponent(location.hash);
    const links = [...document.querySelectorAll("#isi .item a[href^='#p-']")];
    return links.find((link) => link.hash === hash) ?? links[0];
  };

  const mark = () => {
    const chosen = current()?.closest(".item");
    for (const item of document.querySelectorAll("#isi .item")) {
      item.classList.toggle("is-on", item === chosen);
      if (item === chosen) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
    return chosen;
  };

  const go = (step) => {
    const links = [...document.querySelectorAll("#isi .item a[href^='#p-']")];
    const next = links[links.indexOf(current()) + step];
    if (next) location.hash = next.hash;
  };

  const follow = () => mark()?.scrollIntoView({ block: "nearest" });
  window.addEventListener("hashchange", follow);
  document.addEventListener("htmx:afterSettle", mark); // a line drawn anew
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }

  document.querySelector("[data-steps]").hidden = false;

  // what is saved is no longer at risk; what could not be saved is said beside it and stays in its field
  const areaOf = (event) => event.target.closest?.("form")?.querySelector("textarea");
  const isTyped = (area) => area.value.trim() !== area.defaultValue.trim();
  const unsaved = (event) => {
    const saved = areaOf(event)?.form.querySelector("[id^=saved-]");
    if (saved) saved.textContent = "Belum tersimpan: server tidak menjawab. Catatan tetap di layar, simpan lagi.";
  };
  document.addEventListener("htmx:beforeSend", (event) => {
    const area = areaOf(event);
    if (area) area.dataset.sent = area.value;
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    const area = areaOf(event);
    if (area && event.detail.successful !== false) area.defaultValue = area.dataset.sent;
  });
  document.addEventListener("htmx:sendError", unsaved);
  document.addEventListener("htmx:responseError", unsaved);
  document.addEventListener("htmx:timeout", unsaved);
  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll(".editor textarea")].some(isTyped)) event.preventDefault();
  });

  if (location.hash) follow();
  else mark();
})();
