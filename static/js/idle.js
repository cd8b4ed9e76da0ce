/* idle.js: .idle[data-idle="60"] shows a countdown. Any touch or key restarts it; at 15 seconds it asks; at 0 it empties the
   fields and fires the event "idle", so that the page returns to the start for the next visitor. */
(() => {
  "use strict";

  const SOON = 15;

  const idle = document.querySelector("[data-idle]");
  if (!idle) return;
  const limit = Number(idle.dataset.idle);
  const words = idle.querySelector("[data-idle-words]");
  const left = idle.querySelector("[data-idle-left]");
  const bar = idle.querySelector("progress");
  let seconds = limit;
  let isOver = false;

  const show = () => {
    const isSoon = seconds <= SOON && limit > SOON + 10;
    idle.classList.toggle("soon", isSoon);
    words.textContent = isSoon ? "Masih di sini? Sentuh layar. Kembali ke awal dalam" : idle.dataset.words;
    left.textContent = seconds;
    bar.value = seconds;
  };
  const restart = () => {
    if (isOver) return;
    seconds = limit;
    show();
  };
  const leave = () => {
    isOver = true;
    for (const field of document.querySelectorAll("input:not([type=hidden]), textarea")) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = false;
      else field.value = "";
    }
    document.dispatchEvent(new Event("idle"));
  };

  idle.hidden = false;
  show();
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, restart);
  setInterval(() => {
    if (isOver) return;
    seconds -= 1;
    show();
    if (seconds <= 0) leave();
  }, 1000);
})();
