/* ticket.js: the visitor's page reads itself again every 4 seconds and changes only when the state has changed.
   The state stands in <meta name="state">; the title says it in words, so a tab in the background tells too. */
(() => {
  "use strict";

  const EVERY = 4000;
  const CALLED = [400, 200, 400, 200, 400];
  const stateOf = (page) => page.querySelector('meta[name="state"]')?.content;

  const show = (page) => {
    document.title = page.title;
    document.body.className = page.body.className;
    for (const part of ["main", "footer"]) {
      document.querySelector(part).innerHTML = page.querySelector(part).innerHTML;
    }
    document.querySelector('meta[name="state"]').content = stateOf(page);
    if (page.body.classList.contains("called")) navigator.vibrate?.(CALLED);
  };
  const say = (words) => {
    const updated = document.querySelector("[data-updated]");
    if (updated) updated.textContent = words;
  };
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (stateOf(page) && stateOf(page) !== stateOf(document)) show(page);
      else say(page.querySelector("[data-updated]")?.textContent ?? "");
    } catch {
      say("Sambungan terputus, dicoba lagi. Perhatikan papan dan panggilan petugas.");
    }
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
})();
