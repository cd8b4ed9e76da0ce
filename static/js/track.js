/* track.js: says on the applicant's page when an answer could not be saved, and tries again. htmx saves while the applicant
   types; without script the button "Simpan" saves. */
(() => {
  "use strict";

  const form = document.querySelector("#answers");
  if (!form) return;

  const AGAIN = 10_000; // ms
  let waiting = 0;
  const say = (words) => {
    const place = document.querySelector("#answer-state p");
    place.textContent = words;
    place.classList.remove("soft");
  };
  const saveLater = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => window.htmx.trigger(form, "change"), AGAIN);
  };

  document.body.addEventListener("htmx:sendError", () => {
    say("Belum tersimpan: sambungan terputus. Teks Anda masih di layar ini, dicoba lagi terus.");
    saveLater();
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    const isOurs = status === 409 || status === 429;
    say(`Belum tersimpan. ${isOurs ? responseText : "Coba lagi sebentar lagi."}`);
    if (status !== 409) saveLater();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) clearTimeout(waiting);
  });
})();
