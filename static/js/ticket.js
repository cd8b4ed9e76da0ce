/* ticket.js: the visitor's page asks for its state nine times in ten seconds; 304 means no change. In the background, and
   when the visit is over, it asks less often. The page is replaced only when the state has changed.
   <meta name="state"> has the state; the title says it in words, so that a tab in the background shows it too.
   Without an answer for 5 seconds the page says so and keeps asking; it recovers by itself. */
(() => {
  "use strict";

  const HIDDEN_EVERY = 4000;
  const STALE_AFTER = 5000;
  const LIMIT = 4000;
  const CALLED = [400, 200, 400, 200, 400];
  const stateOf = (page) => page.querySelector('meta[name="state"]');
  const away = document.getElementById("away");
  let etag = "";
  let answered = Date.now();
  let timer;

  const show = (page) => {
    document.title = page.title;
    document.body.className = page.body.className;
    for (const part of ["main", "footer"]) {
      document.querySelector(part).innerHTML = page.querySelector(part).innerHTML;
    }
    stateOf(document).replaceWith(stateOf(page));
    if (document.body.classList.contains("called")) navigator.vibrate?.(CALLED);
  };
  const read = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    etag = answer.headers.get("ETag") ?? "";
    if (stateOf(page) && stateOf(page).content !== stateOf(document).content) show(page);
  };
  const tell = (date) => {
    answered = Date.now();
    const updated = document.querySelector("[data-updated]");
    const time = new Date(date).toLocaleTimeString("id-ID", { timeZone: updated.dataset.zone, hour12: false });
    updated.textContent = time.replaceAll(":", ".");
  };
  const ask = async () => {
    clearTimeout(timer);
    const limit = new AbortController();
    const limitTimer = setTimeout(() => limit.abort(), LIMIT);
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(location.href, { cache: "no-store", headers, signal: limit.signal });
      if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
      if (answer.ok) await read(answer);
      tell(answer.headers.get("Date"));
    } catch {
      // the code below asks again; the page says so when the failure lasts
    }
    clearTimeout(limitTimer);
    away.hidden = Date.now() - answered < STALE_AFTER;
    const every = Number(stateOf(document).dataset.every);
    timer = setTimeout(ask, document.hidden ? Math.max(every, HIDDEN_EVERY) : every);
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  timer = setTimeout(ask, Number(stateOf(document).dataset.every));
})();
