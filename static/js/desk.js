/* desk.js: loaded by every staff page. Pages work without it.

   Confirm. A final act needs more than one key or one click. The control is a link, and the dialog contains the form:
       <a class="btn btn-primary" href="?konfirmasi=issue" data-confirm="#issue">Terbitkan surat</a>
       {% include "components/confirm.html" with id="issue" title=... action=... submit=... %}
   With script the link opens the dialog; the first focus is on "Batal" ([data-cancel]).
   Without script the link loads the page with ?konfirmasi=issue, and the component draws the dialog open. "Batal" is a
   submit button with formmethod="dialog": the browser itself closes the dialog, with and without script.

   Once. form[data-once] is sent once: its buttons are disabled until the page is shown again (also from the back cache).
   Keys. [data-key="n"], [data-key="ctrl+enter"], [data-key="alt+arrowleft"]: the key clicks the element or focuses a field.
       A single letter has no effect while the user types, or when the switch [data-keys-switch] is off (WCAG 2.1.4).
   Off. [aria-disabled="true"] can have the focus and shows its reason, but a click has no effect.
   Toast. Disappears after 8 seconds; stays while it is hovered or focused. */
(() => {
  "use strict";

  const FIELD = "textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
  const isTyping = (element) => element.matches?.(FIELD) || element.isContentEditable;
  const isShown = (element) => element.getClientRects().length > 0;

  /* Off: this listener runs before all others, htmx's too */
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest('[aria-disabled="true"]')) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  /* Confirm */
  const ask = (dialog) => {
    if (dialog.open) dialog.close();
    dialog.showModal();
    dialog.querySelector("[data-cancel]")?.focus();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-confirm]");
    const dialog = opener && document.querySelector(opener.dataset.confirm);
    if (!dialog) return;
    event.preventDefault();
    ask(dialog);
  });
  document.querySelectorAll("dialog.confirm[open]").forEach(ask);

  /* Once */
  const buttonsOf = (form) => [...form.elements].filter((field) => field.type === "submit");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-once]")) return;
    if (event.submitter?.getAttribute("formmethod") === "dialog") return;
    // delayed, so that the button's own name and value are still sent
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-once]")) {
      buttonsOf(form).forEach((button) => (button.disabled = false));
    }
  });

  /* Refused. The first wrong field of a form that was refused has the focus; a page with a summary keeps its top. */
  document.addEventListener("DOMContentLoaded", () => { // after file_words.js, which moves a file field
    const wrong = document.querySelector(".form-errors") ? null : document.querySelector("form[data-once] :not(div).is-invalid");
    wrong?.focus();
    (wrong?.closest(".mb-3") ?? wrong)?.scrollIntoView({ block: "center" }); // its words are below it
  });

  /* Keys */
  const KEYS_OFF = "keys-off";
  const keysAreOff = () => localStorage.getItem(KEYS_OFF) !== null;
  const pressed = (event) =>
    [event.ctrlKey && "ctrl", event.altKey && "alt", event.key.toLowerCase()].filter(Boolean).join("+");
  const keyed = (key, nearTo) => {
    const places = [nearTo.closest?.("form"), document.querySelector("dialog[open]") ?? document];
    const found = places.flatMap((place) => [...(place?.querySelectorAll("[data-key]") ?? [])]);
    return found.find((element) => element.dataset.key.toLowerCase() === key && isShown(element));
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.metaKey || !event.key) return;
    const single = !event.ctrlKey && !event.altKey;
    if (single && (isTyping(event.target) || keysAreOff())) return;
    const element = keyed(pressed(event), event.target);
    if (!element) return;
    event.preventDefault();
    element.focus();
    if (!isTyping(element)) element.click();
  });
  const showKeys = () => document.documentElement.classList.toggle("keys-off", keysAreOff());
  showKeys();
  for (const keysSwitch of document.querySelectorAll("[data-keys-switch]")) {
    keysSwitch.checked = !keysAreOff();
    keysSwitch.closest("[hidden]")?.removeAttribute("hidden");
    keysSwitch.addEventListener("change", () => {
      if (keysSwitch.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "");
      showKeys();
    });
  }

  /* Toast */
  const STAY = 8000;
  const leaveInTime = (toast) => {
    let timer;
    const stay = () => clearTimeout(timer);
    const leave = () => {
      stay();
      timer = setTimeout(() => toast.remove(), STAY);
    };
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
    leave();
  };
  const toasts = document.querySelector(".toasts");
  if (toasts) {
    const come = (changes) => changes.flatMap((change) => [...change.addedNodes]);
    new MutationObserver((changes) =>
      come(changes).filter((node) => node.matches?.(".toast-desk")).forEach(leaveInTime),
    ).observe(toasts, { childList: true });
    // a live region announces only later changes: insert the toasts that came with the page again
    setTimeout(() => toasts.append(...toasts.children), 100);
  }
})();
