/* phone_upload.js: sends photos as soon as they are taken, one after the other, each with a bar and its result.
   Without it the form #upload sends them with "Kirim". A photo over the limit is first made smaller. */
(() => {
  "use strict";

  const form = document.querySelector("#upload");
  const list = document.querySelector("#sending");
  const row = document.querySelector("#sending-row");
  if (!form) return;

  const LIMIT = 10 * 1024 * 1024;
  const LONGEST = 4000; // pixels: A4 at 340 dpi
  const AWAY = "Sambungan terputus. Kirim sekali lagi.";

  const smaller = async (file) => {
    if (file.size <= LIMIT || !file.type.startsWith("image/")) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = picture.width * scale;
      canvas.height = picture.height * scale;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
      return new File([drawn], file.name, { type: "image/jpeg" });
    } catch {
      return file; // the server says what is wrong with the file
    }
  };

  const post = (file, kind, description, onProgress) =>
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
        resolve({ ok: isOurs && request.status === 200, words: isOurs ? request.responseText : AWAY });
      });
      request.addEventListener("error", () => resolve({ ok: false, words: AWAY }));
      request.send(body);
    });

  const showSent = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("#sent");
      if (fresh) document.querySelector("#sent").replaceWith(fresh);
    } catch {
      // the next photo brings the list
    }
  };
  const sendOne = async ({ file, kind, description, place }) => {
    const bar = place.querySelector("progress");
    const say = (words) => (place.querySelector("[data-words]").textContent = words);
    say("Sedang dikirim");
    const result = await post(await smaller(file), kind, description, (share) => {
      bar.value = 100 * share;
      if (share === 1) say("Sedang diperiksa");
    });
    bar.remove();
    place.classList.add(result.ok ? "is-ok" : "is-late");
    say(result.ok ? form.dataset.taken : result.words);
    if (result.ok) await showSent();
  };

  let sending = Promise.resolve();
  const send = (input) => {
    for (const file of input.files) {
      const place = row.content.cloneNode(true).firstElementChild;
      place.querySelector("[data-name]").textContent = file.name;
      list.append(place);
      const one = { file, place, kind: form.elements.kind.value, description: form.elements.description.value };
      sending = sending.then(() => sendOne(one));
    }
    input.value = "";
  };
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => send(input));
    form.querySelector(`label[for="${input.id}"]`).className = "btn btn-wide"; // replaces the browser's button and its language
  }
  form.classList.add("is-quick");
  form.querySelector("[data-send]").hidden = true;
})();
