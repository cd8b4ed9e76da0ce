/* tablet.js: the rating tablet at a counter, from the number just served to the thanks and back.

   Standby. Asks for [data-state] every 2.5 seconds with the ETag of the last answer; 304 means no change.
   Return.  When idle.js fires "idle", the tablet returns to [data-standby].
   Away.    Before the page changes, the script asks the server whether it answers; it sends the form from within the page,
            because a browser's own error page has no way back. [data-away] says so; the answers stay on the screen.
   Back.    No page is in the history, so the browser's back button cannot show another visitor's answers. */
(() => {
  "use strict";

  const EVERY = 2500;
  const RETRY = 3000;

  const place = document.querySelector("[data-standby]");
  const { standby, state, thanks } = place.dataset;
  const away = document.querySelector("[data-away]");

  const ask = async (address, options) => {
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8000), ...options });
      const isThere = answer.status < 500;
      away.hidden = isThere;
      return isThere ? answer : null;
    } catch {
      away.hidden = false;
      return null;
    }
  };
  const isThere = async () => (await ask(standby, { method: "HEAD" })) !== null;
  const go = async (address, isPatient) => {
    if (await isThere()) location.replace(address);
    else if (isPatient) setTimeout(() => go(address, true), RETRY);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    go(link.href, false);
  });

  /* before public.js, which would disable the buttons of a form that leaves the page */
  let isSending = false;
  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (isSending) return;
    isSending = true;
    const form = event.target;
    const body = () => new FormData(form, event.submitter); // with the face that was touched
    const post = () => ask(form.action, { method: "POST", body: body(), redirect: "manual" });
    let answer = await post();
    // somebody signed in or out in this browser: renew.js
    if (answer?.status === 403 && (await window.pst.renew(form))) answer = await post();
    if (answer?.type === "opaqueredirect") location.replace(form.dataset.then ?? thanks); // not fetched here: the code is shown only once
    else if (answer) form.submit(); // refused, not saved: open the page that says why
    isSending = false;
  }, true);

  document.addEventListener("idle", () => go(standby, true));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(standby);
  });

  if (!state) return;
  const main = document.querySelector("main");
  let etag = "";
  const poll = async () => {
    const answer = await ask(state, { headers: etag ? { "If-None-Match": etag } : {} });
    if (answer?.status === 403) return location.reload(); // the pairing of this tablet was revoked
    if (answer?.status === 200) {
      const isFirst = etag === "";
      etag = answer.headers.get("ETag") ?? "";
      const offer = await answer.text();
      if (!isFirst || offer.trim() !== main.innerHTML.trim()) main.innerHTML = offer;
    }
    return setTimeout(poll, EVERY);
  };
  setTimeout(poll, EVERY);
})();
