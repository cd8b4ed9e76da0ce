/* uploads.js: sends files that are dropped, pasted or chosen, one after the other, with a bar for slow connections.
   Without it the form #upload sends them like any form.

   Kinds. A chosen file has the chosen kind; for a dropped or pasted file the server guesses the kind from its name.
   Files. After each file the list #files is loaded again; while a telephone's link is valid it reloads itself.
   Time.  [data-seconds] counts down the time left for that link. */
(() => {
  "use strict";

  const form = document.querySelector("#upload");
  const list = document.querySelector("#sending");
  const row = document.querySelector("#sending-row");
  if (!form || !window.htmx) return;

  const AWAY = "Server tidak menjawab. Pilih berkas ini sekali lagi.";
  const SIGNED_OUT = "Anda sudah keluar. Masuk lagi, lalu pilih berkas ini sekali lagi.";

  /* Sending */
  const post = (file, kind, description, onProgress) =>
    new Promise((resolve) => {
      const body = new FormData();
      body.append("kind", kind);
      body.append("description", description);
      body.append("file", file);
      const request = new XMLHttpRequest();
      request.open("POST", location.pathname);
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
      request.addEventListener("load", () => {
        const isOurs = request.getResponseHeader("X-Attached") !== null;
        resolve({ ok: isOurs && request.status === 200, words: isOurs ? request.responseText : SIGNED_OUT });
      });
      request.addEventListener("error", () => resolve({ ok: false, words: AWAY }));
      request.send(body);
    });

  const shown = (file) => {
    const place = row.content.cloneNode(true).firstElementChild;
    place.querySelector("[data-name]").textContent = file.name;
    place.querySelector("[data-done]").addEventListener("click", () => place.remove());
    list.append(place);
    return place;
  };
  // wait for the reload: an event that arrives while #files is being replaced would be lost
  const showFiles = () =>
    htmx.ajax("GET", form.dataset.files, { target: "#files", select: "#files", swap: "outerHTML" });
  const sendOne = async ({ file, kind, description, place }) => {
    const bar = place.querySelector("progress");
    const say = (words) => (place.querySelector("[data-words]").textContent = words);
    say("Sedang dikirim");
    const result = await post(file, kind, description, (share) => {
      bar.value = 100 * share;
      if (share === 1) say("Sedang diperiksa");
    });
    if (result.ok) {
      await showFiles();
      place.remove();
      return;
    }
    bar.remove();
    say(result.words);
    place.classList.add("is-late");
    place.querySelector("[data-done]").hidden = false;
  };

  let sending = Promise.resolve();
  const send = (files, kind, description) => {
    for (const file of files) {
      const one = { file, kind, description, place: shown(file) };
      sending = sending.then(() => sendOne(one));
    }
  };
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
