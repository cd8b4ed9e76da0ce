/* idle_lock.js: loaded by every staff page. A page whose user has left the desk is covered, with what was typed in it.

   Lock.    After data-minutes without a key or a touch in any tab of this browser, or with Alt+L. The server locks the
            session, so that a new tab opens nothing either.
   Cover.   #kunci gets the form of the page that unlocks the session. Until then htmx sends nothing from here.
   Unlock.  The form is sent from here, and the page stays as it was. The other tabs ask the server, and open too.
            A page whose session is over, or belongs to somebody else by now, is loaded again instead.
   Awake.   While there are keys and touches, the server learns of it every few minutes, also from a page that saves nothing. */
(() => {
  "use strict";

  const dialog = document.getElementById("kunci");
  if (!dialog) return;
  const { minutes, person, lock: lockAddress, unlock: unlockAddress, awake: awakeAddress } = dialog.dataset;
  const LIMIT = Number(minutes) * 60_000;
  const AWAKE_EVERY = 4 * 60_000;
  const AGAIN = 3000;
  const USED = "desk-used"; // when any tab was used last
  const STATE = "desk-lock"; // a new value with every change, so that the other tabs hear of it
  const title = document.title;
  let isLocked = false;
  let used = Date.now();
  let told = Date.now();

  const read = (name) => {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return "";
    }
  };
  const write = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      /* no storage: this tab counts for itself */
    }
  };
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const send = (address, options = {}) =>
    fetch(address, { cache: "no-store", ...options, headers: { "X-Desk-Cover": person, ...options.headers } });
  const post = (address) => send(address, { method: "POST", headers: { "X-CSRFToken": token() } });

  /* Cover */
  const cover = () => {
    isLocked = true;
    document.documentElement.classList.add("is-locked");
    document.title = "Terkunci";
    if (!dialog.open) dialog.showModal();
  };
  const open = () => {
    isLocked = false;
    used = Date.now();
    write(USED, used);
    document.documentElement.classList.remove("is-locked");
    document.title = title;
    dialog.close();
    dialog.replaceChildren(); // the password that was typed
  };
  const take = async (answer) => {
    if (answer.status === 204) return open();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form[data-unlock]");
    if (!form) return location.reload();
    dialog.replaceChildren(form);
    form.querySelector("[type=password]").focus();
  };
  const ask = async (request) => {
    try {
      await take(await request());
    } catch {
      setTimeout(() => isLocked && ask(request), AGAIN); // no connection
    }
  };
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => isLocked && dialog.showModal()); // a browser closes it at the second Escape
  document.addEventListener("htmx:beforeRequest", (event) => isLocked && event.preventDefault());

  /* Lock */
  const lock = async () => {
    cover();
    await ask(() => post(lockAddress));
    write(STATE, `locked ${Date.now()}`);
  };

  /* Unlock */
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    try {
      await take(await send(form.action, { method: "POST", body: new FormData(form) }));
      if (!isLocked) write(STATE, `open ${Date.now()}`);
    } catch {
      /* no connection: the password is still in its field */
    }
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== STATE || !newValue) return;
    const isLock = newValue.startsWith("locked");
    if (isLock === isLocked) return;
    if (isLock) cover();
    ask(() => send(unlockAddress));
  });

  /* Use */
  const use = () => {
    if (isLocked) return;
    const now = Date.now();
    if (now - used > 5000) write(USED, now);
    used = now;
    if (now - told < AWAKE_EVERY) return;
    told = now;
    post(awakeAddress).catch(() => {});
  };
  for (const name of ["pointerdown", "keydown", "input", "wheel"]) document.addEventListener(name, use, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== "l" || isLocked) return;
    event.preventDefault();
    document.activeElement?.blur(); // a field saves itself when it is left
    lock();
  });
  const isLeft = () => Date.now() - Math.max(used, Number(read(USED))) > LIMIT;
  if (LIMIT) setInterval(() => !isLocked && isLeft() && lock(), 1000);
})();
