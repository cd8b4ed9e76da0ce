/* renew.js: pst.renew(form) loads the page again for a valid form token, and returns whether the form has one now. The token
   changes when somebody signs in or out in this browser; so the typed text survives. Kiosk and tablet use it after 403. */
(() => {
  "use strict";

  const FIELD = "[name=csrfmiddlewaretoken]";
  const renew = async (form) => {
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(FIELD)?.value;
      if (fresh) form.querySelector(FIELD).value = fresh;
      return Boolean(fresh);
    } catch {
      return false;
    }
  };
  window.pst = { ...window.pst, renew };
})();
