/* console.js: asks for the queue every second and swaps it only when it differs, so that buttons do not move while in use.
   Without an answer for 5 seconds the page says so and keeps asking; it recovers by itself. Also runs the service's clock. */
(() => {
  "use strict";

  const STALE_AFTER = 5000;
  const queue = document.getElementById("queue");
  const away = document.getElementById("away");
  let last = "";
  let answered = Date.now();
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== queue) return;
    const isQueue = event.detail.xhr.responseURL.endsWith(queue.getAttribute("hx-get"));
    if (!isQueue) location.reload(); // the answer is the sign-in page: the user was signed out
    if (!isQueue || event.detail.serverResponse === last) event.detail.shouldSwap = false;
    last = event.detail.serverResponse;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === queue && event.detail.successful) answered = Date.now();
  });
  setInterval(() => {
    away.hidden = Date.now() - answered < STALE_AFTER;
  }, 1000);

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
