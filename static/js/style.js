/* style.js: says at the example letter when it does not yet show what was typed, and when it could not be made. */
(() => {
  "use strict";

  const LATER = "Contoh menyusul isian.";
  const FAILED = "Contoh tidak dapat dibuat sekarang. Isian tetap di layar.";
  const form = document.getElementById("kata");
  const tell = (words, isWrong) => {
    const state = document.getElementById("keadaan-contoh");
    state.textContent = words;
    state.classList.toggle("is-wrong", isWrong);
    state.classList.toggle("soft", !isWrong);
  };

  form.addEventListener("input", () => tell(LATER, false));
  for (const name of ["sendError", "responseError", "timeout"]) {
    form.addEventListener(`htmx:${name}`, () => tell(FAILED, true));
  }
})();
