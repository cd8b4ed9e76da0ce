/* check.js: compares a PDF with the recorded SHA-256 in the browser; the file is not sent.
   crypto.subtle exists only in a secure context (https or localhost); elsewhere the page explains a manual comparison. */
(() => {
  "use strict";

  const place = document.querySelector("#compare");
  if (!place || !window.crypto?.subtle) return;

  const drop = place.querySelector("[data-drop]");
  const input = drop.querySelector("input");
  drop.hidden = false;
  place.querySelector("[data-by-hand]").hidden = true;

  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const show = (result, file, hash = "") => {
    for (const note of place.querySelectorAll("[data-result]")) {
      note.hidden = note.dataset.result !== result;
      note.querySelector("[data-file]").textContent = file.name;
      const shown = note.querySelector("[data-hash]");
      if (shown) shown.textContent = hash;
    }
    place.classList.add("first");
  };

  const compare = async (file) => {
    try {
      const hash = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      show(hash === place.dataset.sha256 ? "same" : "other", file, hash);
    } catch {
      show("unread", file);
    }
  };

  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) compare(file);
    input.value = ""; // so that the same file can be chosen again
  });
  for (const name of ["dragover", "drop"]) drop.addEventListener(name, (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer.files;
    if (file) compare(file);
  });
})();
