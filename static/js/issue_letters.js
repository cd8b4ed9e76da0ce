/* issue_letters.js: counts the ticked letters on the button and in the confirmation, which then shows as many numbers.
   Without it both say "surat yang dicentang", and the server counts. */
(() => {
  "use strict";

  const button = document.querySelector("[data-count]");
  const dialog = document.querySelector("dialog#terbitkan");
  if (!button || !dialog) return;
  const ticks = [...document.querySelectorAll("input[name=submissions]")];

  const show = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    const words = count ? `Terbitkan ${count} surat` : "Centang surat yang diterbitkan";
    button.textContent = words;
    button.closest("button").setAttribute("aria-disabled", String(!count));
    dialog.querySelector("h2").textContent = `${words}?`;
    dialog.querySelector(".btn-primary").textContent = words;
    dialog.querySelectorAll("[data-number]").forEach((number, place) => {
      number.hidden = place >= count;
    });
  };

  for (const tick of ticks) tick.addEventListener("change", show);
  window.addEventListener("pageshow", show); // a browser keeps the ticks of a page that it shows again
  show();
})();
