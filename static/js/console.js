/* console.js: the queue is swapped only when it differs, so that nothing moves under the hand; the service's clock runs. */
(() => {
  "use strict";

  const queue = document.getElementById("queue");
  let last = "";
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== queue) return;
    if (event.detail.serverResponse === last) event.detail.shouldSwap = false;
    last = event.detail.serverResponse;
  });

  const clock = document.querySelector("[data-seconds]");
  if (!clock) return;
  const started = Date.now() - Number(clock.dataset.seconds) * 1000;
  const show = () => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    clock.innerHTML = `${Math.floor(seconds / 60)}<small>menit</small> ${seconds % 60}<small>detik</small>`;
  };
  show();
  setInterval(show, 1000);
})();
