/* romantik.js: copies one answer at a time to the clipboard, to paste it into Romantik; with copy.js.
   Every row with an answer has [data-text] and a button [data-copy], which is shown only with script.
   Keys. J and K go to the next and the previous button, C copies the focused row; not while the user types, and not when
       the switch of single keys is off (desk.js). */
(() => {
  "use strict";

  const told = document.querySelector("[data-copied]");
  const buttons = [...document.querySelectorAll("[data-copy]")];
  const rowOf = (element) => element.closest?.("[data-romantik]");
  const keysAreOff = () => document.documentElement.classList.contains("keys-off");
  const isTyping = (element) => element.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");

  const tell = (button, isCopied) => {
    const row = rowOf(button);
    const label = button.querySelector(".visually-hidden")?.textContent ?? "";
    told.textContent = isCopied ? `Tersalin:${label}` : `Tidak tersalin:${label}. Pilih teksnya, lalu tekan Ctrl C.`;
    row.classList.toggle("is-copied", isCopied);
    button.firstChild.textContent = isCopied ? "Tersalin" : "Pilih teksnya, Ctrl C";
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const isCopied = await window.pst.copy(rowOf(button).querySelector("[data-text]").textContent);
      tell(button, isCopied);
      button.focus();
    });
  }

  const current = () => rowOf(document.activeElement)?.querySelector("[data-copy]");
  const go = (step) => {
    const here = buttons.indexOf(current());
    const next = here < 0 ? buttons[0] : buttons[Math.min(buttons.length - 1, Math.max(0, here + step))];
    next?.focus();
    rowOf(next)?.scrollIntoView({ block: "nearest" });
  };
  const acts = { j: () => go(1), k: () => go(-1), c: () => current()?.click() };
  document.addEventListener("keydown", (event) => {
    const act = acts[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || keysAreOff()) return;
    event.preventDefault();
    act();
  });
})();
