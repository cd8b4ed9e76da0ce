/* console.js: asks for the queue every second and swaps it only when it differs, so that buttons do not move while in use.
   Without an answer for 5 seconds the page says so and keeps asking; it recovers by itself. Also runs the service's clock.
   After a sign-out the page opens the sign-in; while the officer types, it says so instead, and asks every 10 seconds.
   While a form is being sent, no answer may reload the page: that would cancel the act's own page, and its message is lost. */
(() => {
  "use strict";

  const STALE_AFTER = 5000;
  const SIGNED_OUT_EVERY = 10_000;
  const queue = document.getElementById("queue");
  const away = document.getElementById("away");
  const signedOut = document.getElementById("signed-out");
  const isTyping = () => document.activeElement.matches("textarea, input");
  const isTyped = () => [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
  let last = "";
  let answered = Date.now();
  let asked = 0;
  let isSending = false;
  window.addEventListener("submit", (event) => {
    isSending = !event.defaultPrevented && event.submitter?.getAttribute("formmethod") !== "dialog";
  });
  window.addEventListener("pageshow", () => (isSending = false));
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (isSending && event.detail.elt === queue) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== queue || signedOut.hidden) return;
    if (Date.now() - asked < SIGNED_OUT_EVERY) event.preventDefault();
    else asked = Date.now();
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== queue || event.detail.isError) return;
    if (event.detail.serverResponse === last) event.detail.shouldSwap = false;
    last = event.detail.serverResponse;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) signedOut.hidden = true;
    if (event.detail.elt !== queue) return;
    signedOut.hidden = event.detail.xhr.status !== 401;
    if (!signedOut.hidden && !isTyped() && !isTyping() && !isSending) location.reload();
    if (event.detail.successful) answered = Date.now();
  });
  setInterval(() => {
    away.hidden = !signedOut.hidden || Date.now() - answered < STALE_AFTER;
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
