/* copy.js: pst.copy(text) puts text on the clipboard and returns whether it is there.
   [data-copy-from="id"] copies that field's text. Without script the field itself can be selected. */
(() => {
  "use strict";

  // without HTTPS a browser has no navigator.clipboard: then as browsers did before
  const copyOldWay = (text) => {
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    focused.focus();
    return isCopied;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOldWay(text);
    }
  };
  window.pst = { ...window.pst, copy };

  for (const button of document.querySelectorAll("[data-copy-from]")) button.hidden = false;
  document.body.addEventListener("htmx:load", (event) => {
    for (const button of event.detail.elt.querySelectorAll("[data-copy-from]")) button.hidden = false;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-from]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copyFrom);
    field.select();
    if (await copy(field.value)) button.querySelector("[data-copy-words]").textContent = "Tersalin";
  });
})();
