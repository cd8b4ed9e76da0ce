/* sending.js: sends files one after the other, and shows each in a row of #sending with a progress bar and its result.
   uploads.js and phone_upload.js use it. The form is #upload; the template of a row is #sending-row.

   A photo above a limit of the server is made smaller first: in bytes, and in pixels when it is a progressive JPEG, which
   the server would have to hold in memory as a whole (uploads/child/pictures.py).

   pst.sender({ away, elsewhere, arrived }) returns send(files, kind, description).
       away       the words shown when the server does not answer, or fails
       elsewhere  the words shown when the user was signed out, or has lost the right
       arrived    a function that takes the row of a file that the server has saved; the next file waits for it */
(() => {
  "use strict";

  const LARGEST = 25 * 1024 * 1024; // the server reads no larger request (office/middleware.py)
  const TOO_LARGE = "Berkas ini terlalu besar: paling besar 10 MB. Kecilkan lalu pilih lagi.";

  const MOST_BYTES = 10 * 1024 * 1024;
  const MOST_PROGRESSIVE = 50_000_000; // pixels
  const LONGEST = 4000; // pixels: A4 at 340 dpi
  const HEAD = 256 * 1024; // bytes: the marker of the size comes after EXIF and its small picture
  const PROGRESSIVE = [0xc2, 0xc6, 0xca, 0xce];
  const SCAN = 0xda;

  const form = document.querySelector("#upload");
  const list = document.querySelector("#sending");
  const row = document.querySelector("#sending-row");

  // the pixels of a progressive JPEG; 0 for any other file
  const progressivePixels = async (file) => {
    const head = new DataView(await file.slice(0, HEAD).arrayBuffer());
    for (let place = 2; place + 9 < head.byteLength; place += 2 + head.getUint16(place + 2)) {
      const kind = head.getUint8(place + 1);
      if (head.getUint8(place) !== 0xff || kind === SCAN) return 0;
      if (PROGRESSIVE.includes(kind)) return head.getUint16(place + 5) * head.getUint16(place + 7);
    }
    return 0;
  };
  const smaller = async (file) => {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return new File([drawn], file.name, { type: "image/jpeg" });
  };
  const fitting = async (file) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const isLarge = file.size > MOST_BYTES || (await progressivePixels(file)) > MOST_PROGRESSIVE;
      return isLarge ? await smaller(file) : file;
    } catch {
      return file; // the server answers with the reason why it refuses the file
    }
  };

  const post = (file, { kind, description, away, elsewhere }, onProgress) =>
    new Promise((resolve) => {
      const body = new FormData();
      body.append("kind", kind);
      body.append("description", description);
      body.append("file", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
      request.addEventListener("load", () => {
        const isOurs = request.getResponseHeader("X-Attached") !== null;
        const told = [401, 403].includes(request.status) ? elsewhere : away;
        const isSentence = isOurs || request.status === 409; // 409: the office's clock is behind
        resolve({ ok: isOurs && request.status === 200, words: isSentence ? request.responseText : told });
      });
      request.addEventListener("error", () => resolve({ ok: false, words: away }));
      request.send(body);
    });

  const shown = (file) => {
    const place = row.content.cloneNode(true).firstElementChild;
    place.querySelector("[data-name]").textContent = file.name;
    list.append(place);
    return place;
  };
  const sendOne = async (file, place, facts) => {
    const bar = place.querySelector("progress");
    const say = (words) => (place.querySelector("[data-words]").textContent = words);
    say("Sedang dikirim");
    const ready = await fitting(file);
    const onProgress = (share) => {
      bar.value = 100 * share;
      if (share === 1) say("Sedang diperiksa");
    };
    const isTooLarge = ready.size > LARGEST;
    const result = isTooLarge ? { ok: false, words: TOO_LARGE } : await post(ready, facts, onProgress);
    if (result.ok) return facts.arrived(place);
    bar.remove();
    say(result.words);
    place.classList.add("is-late");
    for (const button of place.querySelectorAll("[data-done]")) {
      button.hidden = false;
      button.addEventListener("click", () => place.remove());
    }
    return null;
  };

  let sending = Promise.resolve();
  const sender = (page) => (files, kind, description) => {
    for (const file of files) {
      const place = shown(file);
      sending = sending.then(() => sendOne(file, place, { ...page, kind, description }));
    }
  };
  window.pst = { ...window.pst, sender };
})();
