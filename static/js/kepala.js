/* kepala.js: shows the typed numbers in the draft and in the confirmation. Without it they show the suggested numbers. */
(() => {
  "use strict";

  const names = ["number", "identity_number"];
  const fieldOf = (name) => document.querySelector(`input[name="${name}"]`);

  const show = () => {
    const typed = new URLSearchParams(names.map((name) => [name, fieldOf(name).value.trim()]));
    for (const link of document.querySelectorAll("[data-numbered]")) {
      const name = link.matches("img") ? "src" : "href";
      const address = `${link.getAttribute(name).split("?")[0]}?${typed}`;
      if (link.getAttribute(name) !== address) link.setAttribute(name, address);
    }
    for (const place of document.querySelectorAll("[data-echo]")) {
      place.textContent = fieldOf(place.dataset.echo).value.trim() || "belum diisi";
    }
  };

  for (const name of names) fieldOf(name).addEventListener("change", show);
  document.addEventListener("htmx:afterSwap", show);
  document.querySelector(".is-invalid")?.focus();
  show();
})();
