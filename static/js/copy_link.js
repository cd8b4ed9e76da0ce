/* copy_link.js: [data-copy-from="id"] copies that field's text. Without script the field itself can be selected. */
(() => {
  "use strict";

  const copy = async (field) => {
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy"); // without HTTPS a browser has no navigator.clipboard
  };

  for (const button of document.querySelectorAll("[data-copy-from]")) button.hidden = false;
  document.body.addEventListener("htmx:load", (event) => {
    for (const button of event.detail.elt.querySelectorAll("[data-copy-from]")) button.hidden = false;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-from]");
    if (!button) return;
    await copy(document.getElementById(button.dataset.copyFrom));
    button.querySelector("[data-copy-words]").textContent = "Tersalin";
  });
})();
