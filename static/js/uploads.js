/* uploads.js: sends dropped, pasted and chosen files, with sending.js.
   Without script the form #upload sends chosen files like any form.

   Kinds. A chosen file has the chosen kind; for a dropped or pasted file the server guesses the kind from its name.
   Files. After each file the list #files is loaded again; while a telephone's link is valid it reloads itself.
   Time.  [data-seconds] counts down the time left for that link. */
(() => {
  "use strict";

  const form = document.querySelector("#upload");
  if (!form || !window.htmx) return;

  const AWAY = "Server tidak menjawab. Pilih berkas ini sekali lagi.";
  const SIGNED_OUT = "Anda sudah keluar. Masuk lagi, lalu pilih berkas ini sekali lagi.";

  /* Sending */
  // `arrived` waits for this: an event during the replacement of #files would be lost
  const showFiles = () =>
    htmx.ajax("GET", form.dataset.files, { target: "#files", select: "#files", swap: "outerHTML" });
  const arrived = async (place) => {
    await showFiles();
    place.remove();
  };
  const send = window.pst.sender({ away: AWAY, elsewhere: SIGNED_OUT, arrived });
  form.addEventListener("submit", (event) => {
    const { file, kind, description } = form.elements;
    if (!file.files.length) return;
    event.preventDefault();
    send(file.files, kind.value, description.value);
    file.value = "";
    description.value = "";
  });

  /* Dropping and pasting, anywhere on the page */
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const mark = (isOver) => form.classList.toggle("is-over", isOver);
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(false);
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
    send(event.dataTransfer.files, "", "");
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    send(files, "", "");
  });
  form.querySelector("[data-drop-hint]").hidden = false;

  /* With script, choosing a kind changes it at once */
  const ready = () => {
    for (const button of document.querySelectorAll("#files [data-without-script]")) button.hidden = true;
    const place = document.querySelector("[data-seconds]");
    if (place) endsAt = performance.now() + 1000 * Number(place.dataset.seconds);
  };

  /* Time */
  let endsAt = 0;
  const tick = () => {
    const place = document.querySelector("[data-seconds]");
    if (!place) return;
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    place.textContent = `Berlaku ${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")} menit lagi.`;
  };
  setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", () => {
    ready();
    tick();
  });
  ready();
  tick();
})();
