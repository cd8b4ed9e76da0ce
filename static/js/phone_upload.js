/* phone_upload.js: sends photos as soon as they are taken, with sending.js.
   Without script, "Kirim" of the form #upload sends them. */
(() => {
  "use strict";

  const form = document.querySelector("#upload");
  if (!form) return;

  const AWAY = "Sambungan terputus. Kirim sekali lagi.";

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
  const send = window.pst.sender({ away: AWAY, elsewhere: AWAY, arrived });
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
