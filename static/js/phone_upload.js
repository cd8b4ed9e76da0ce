/* phone_upload.js: sends photos as soon as they are taken, with sending.js. A photo above the limit is made smaller first.
   Without script, "Kirim" of the form #upload sends them. */
(() => {
  "use strict";

  const form = document.querySelector("#upload");
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
      return file; // the server answers with the reason why it refuses the file
    }
  };

  const showSent = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("#sent");
      if (fresh) document.querySelector("#sent").replaceWith(fresh);
    } catch {
      // the list is loaded again after the next photo
    }
  };
  const arrived = async (place) => {
    place.querySelector("progress").remove();
    place.querySelector("[data-words]").textContent = form.dataset.taken;
    place.classList.add("is-ok");
    await showSent();
  };
  const send = window.pst.sender({ away: AWAY, elsewhere: AWAY, prepare: smaller, arrived });
  const sendAll = (input) => {
    send(input.files, form.elements.kind.value, form.elements.description.value);
    input.value = "";
  };
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => sendAll(input));
    // the label replaces the browser's button, whose words may be in another language
    form.querySelector(`label[for="${input.id}"]`).className = "btn btn-wide";
  }
  form.classList.add("is-quick");
  form.querySelector("[data-send]").hidden = true;
})();
