/* kiosk.js: the way back to the welcome page, the clock, the printer. The kiosk works without it.

   Idle. .idle[data-idle="60"] counts down in the open; any touch or key starts it again; at 15 seconds it asks;
         at 0 the fields are emptied and the welcome page comes, also when the server answers only later.
   Fresh. [data-fresh="30"]: the page is read again that often, so that the count of the waiting is true.
   Clock. time[data-clock] runs on from the server's time. Print. [data-print] prints. */
(() => {
  "use strict";

  const SOON = 15;
  const RETRY = 5000;

  /* Go there only if the server answers: a browser's own error page would have no way back */
  const go = async (address) => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      if (answer.ok) return location.replace(address);
    } catch {
      /* tried again below */
    }
    return setTimeout(() => go(address), RETRY);
  };

  const idle = document.querySelector("[data-idle]");
  if (idle) {
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
        field.value = "";
        field.checked = false;
      }
      go(idle.dataset.home);
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
  }

  const fresh = document.querySelector("[data-fresh]");
  if (fresh) setInterval(() => go(location.href), Number(fresh.dataset.fresh) * 1000);

  const clock = document.querySelector("time[data-clock]");
  if (clock) {
    const shown = clock.querySelector("b");
    const zone = shown.textContent.trim().split(" ").pop();
    const [hours, minutes] = shown.textContent.trim().split(/[. ]/).map(Number);
    const loaded = Date.now();
    const start = hours * 60 + minutes;
    const pad = (number) => String(number).padStart(2, "0");
    setInterval(() => {
      const now = (start + Math.floor((Date.now() - loaded) / 60000)) % 1440;
      shown.textContent = `${pad(Math.floor(now / 60))}.${pad(now % 60)} ${zone}`;
    }, 5000);
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
