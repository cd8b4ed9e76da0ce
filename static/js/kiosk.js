/* kiosk.js: changes the pages of the kiosk, returns to the welcome page, and runs the clock. The kiosk works without it.

   Away.  Before the page changes, the script asks the server whether it answers; it sends the form from within the page.
          Without an answer it shows dialog[data-offline], asks again every 5 seconds and closes the dialog by itself. The
          typed text stays on the screen, and the same form sent again gives the same ticket. The browser stores no data.
   Back.  Only the welcome page is in the history, so the browser's back button ends there.
   Idle.  idle.js counts down; at 0 the welcome page opens, when the server answers.
   Fresh. [data-fresh="30"]: the page is loaded again after so many seconds, so that the number of waiting visitors is right.
   Clock. time[data-clock] runs on from the server's time. */
(() => {
  "use strict";

  const RETRY = 5;

  const offline = document.querySelector("[data-offline]");
  const home = offline.dataset.home;
  const isWelcome = document.body.classList.contains("welcome");

  /* returns null when the server does not answer in time, or answers with an error of its own (5xx) */
  const ask = async (address, options, patience) => {
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
      return answer.status < 500 ? answer : null;
    } catch {
      return null;
    }
  };
  const isThere = () => ask(home, { method: "HEAD" }, 4000);

  let afterwards = null;
  let retry = 0;
  const away = (then = null) => {
    afterwards = then ?? afterwards;
    if (offline.open) return;
    const left = offline.querySelector("[data-offline-left]");
    left.textContent = RETRY;
    offline.showModal();
    retry = setInterval(() => {
      left.textContent = Math.max(0, Number(left.textContent) - 1);
      if (left.textContent === "0") again(left);
    }, 1000);
  };
  let isAsking = false;
  const again = async (left) => {
    if (isAsking) return;
    isAsking = true;
    const answer = await isThere();
    isAsking = false;
    left.textContent = RETRY;
    if (!answer || !offline.open) return;
    clearInterval(retry);
    offline.close();
    const then = afterwards;
    afterwards = null;
    then?.();
  };
  offline.addEventListener("cancel", (event) => event.preventDefault());
  offline.querySelector("[data-offline-now]").addEventListener("click", () =>
    again(offline.querySelector("[data-offline-left]")));

  /* open the address only if the server answers: a browser's own error page has no way back */
  const go = async (address) => {
    if (await isThere()) location.replace(address);
    else away(() => go(address));
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin) return;
    event.preventDefault();
    if (!(await isThere())) away();
    else if (isWelcome) location.assign(link.href);
    else location.replace(link.href);
  });

  /* runs before public.js, which would disable the buttons of a form that is sent */
  let isSending = false;
  const send = async (form, action, isSecond = false) => {
    const answer = await ask(action, { method: "POST", body: new FormData(form) }, 15000);
    if (!answer) return away();
    // somebody signed in or out in this browser: renew.js
    if (answer.status === 403 && !isSecond && (await window.pst.renew(form))) return send(form, action, true);
    if (answer.redirected) return location.replace(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById(form.id)) return form.submit();
    document.title = page.title;
    for (const part of ["main", ".actions"]) {
      document.querySelector(part).innerHTML = page.querySelector(part).innerHTML;
    }
    document.querySelector("main .is-invalid")?.focus();
    return null;
  };
  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const button = event.submitter;
    await send(event.target, button?.hasAttribute("formaction") ? button.formAction : event.target.action);
    isSending = false;
  }, true);

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(home);
  });

  document.addEventListener("idle", () => go(home));

  const fresh = document.querySelector("[data-fresh]");
  if (fresh) setInterval(() => offline.open || go(location.href), Number(fresh.dataset.fresh) * 1000);

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
})();
