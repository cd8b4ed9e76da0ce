/* unsent.js: loaded by every staff page, the sign-in and the error page. What was typed into a form survives when it was sent
   after the session had ended, when the server answered with an error page, or when what the form asks was refused.

   Keep.    A form that the browser sends leaves its typed fields in the session storage of this tab. Hidden fields, files and
            passwords are left out.
   Mark.    The sign-in page ([data-sign-in]) and the error page (.oops) mark them as not sent. Every other page removes
            those that are not marked, and gives them back when it says a refusal ([data-refused]) and no success.
   Return.  The page of the form fills them in again and says so, when the same person is signed in. It sends nothing. */
(() => {
  "use strict";

  const KEY = "unsent";
  const RETURNED = "Isian Anda dikembalikan: periksa, lalu kirim sekali lagi.";
  const WORDS = `Belum tersimpan. ${RETURNED}`;
  const NO_FORM = "Belum tersimpan, dan isiannya tidak ada lagi di halaman ini. Salin bila masih perlu:";
  const NOT_TYPED = ["hidden", "password", "file", "submit", "button", "reset", "fieldset", "output"];

  const here = () => location.pathname + location.search;
  const person = () => document.querySelector(".rail-me")?.title ?? "";
  const isBox = (field) => ["radio", "checkbox"].includes(field.type);
  const isTyped = (field) => field.name && !NOT_TYPED.includes(field.type);
  const nameOf = (form) => form.id || new URL(form.getAttribute("action") || location.href, location.href).pathname;

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  };
  const write = (kept) => {
    try {
      if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
      else sessionStorage.removeItem(KEY);
    } catch {
      /* no storage, or no room in it: the form is sent, and cannot be given back */
    }
  };

  /* Keep */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-sign-in]")) return;
    if (event.submitter?.getAttribute("formmethod") === "dialog") return;
    const fields = [...form.elements].filter(isTyped).map(({ name, type, value, checked }) => ({ name, type, value, checked }));
    write({ page: here(), person: person(), form: nameOf(form), fields });
  });

  /* Return */
  const fill = (form, fields) => {
    const left = [...form.elements].filter(isTyped);
    for (const { name, value, checked } of fields) {
      const place = left.findIndex((field) => field.name === name && (!isBox(field) || field.value === value));
      if (place < 0) continue;
      const [field] = left.splice(place, 1);
      if (isBox(field)) field.checked = checked;
      else field.value = value;
    }
  };
  const said = (words) => {
    const line = document.createElement("p");
    line.className = "why is-late";
    line.setAttribute("role", "alert");
    line.textContent = words;
    return line;
  };
  const formOf = ({ form: name }) => [...document.forms].find((one) => one.method === "post" && nameOf(one) === name);
  const give = (kept, words) => {
    const { fields } = kept;
    const form = formOf(kept);
    if (!form) {
      const texts = fields.filter((field) => field.value.trim() && !isBox(field)).map(({ value }) => value);
      if (texts.length) document.querySelector("main")?.prepend(...[NO_FORM, ...texts].map(said));
      return;
    }
    fill(form, fields);
    form.before(said(words));
    for (let inside = form.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
    const dialog = form.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    form.scrollIntoView({ block: "center" });
  };

  /* A refusal, in words, that took a typed text from its form; "" without one */
  const refusalOf = (kept) => {
    const refused = document.querySelector("[data-refused] p");
    if (!refused || document.querySelector("#toasts .toast-desk")) return "";
    const shown = [...(formOf(kept)?.elements ?? [])].map(({ name, value }) => `${name}=${value}`);
    const isLost = (field) => !isBox(field) && field.value.trim() && !shown.includes(`${field.name}=${field.value}`);
    return kept.fields.some(isLost) ? refused.textContent.trim() : "";
  };

  const kept = read();
  if (!kept) return;
  if (document.querySelector("[data-sign-in], .oops")) write({ ...kept, isUnsent: true });
  else if (kept.isUnsent && kept.page !== here() && kept.person === person()) return;
  else {
    write(null);
    if (kept.person !== person()) return;
    const refusal = refusalOf(kept);
    if (kept.isUnsent) give(kept, WORDS);
    else if (refusal) give(kept, `${refusal} ${RETURNED}`);
  }
})();
