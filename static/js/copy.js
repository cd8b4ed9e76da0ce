/* copy.js: pst.copy(text) copies the text to the clipboard and returns whether that worked.
   [data-copy-from="id"] copies the text of that field or element. Without script the user can select the text. */
(() => {
  "use strict";

  // without HTTPS there is no navigator.clipboard, so an older way is used
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
    field.select?.();
    if (await copy(field.value ?? field.textContent.trim())) button.querySelector("[data-copy-words]").textContent = "Tersalin";
  });
})();
