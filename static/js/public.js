/* public.js: form[data-once] is sent once; its buttons are on again when the page comes back from the back cache. */
(() => {
  "use strict";

  const buttonsOf = (form) => [...form.elements].filter((field) => field.type === "submit");

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-once]")) return;
    // later, so that the button's own name and value are still sent
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-once]")) {
      buttonsOf(form).forEach((button) => (button.disabled = false));
    }
  });
})();
