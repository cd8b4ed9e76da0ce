/* unsaved.js: loaded by every staff page. A form that htmx saves (form[hx-post]) and that the server did not save says so in
   its last line [data-unsaved], with the way to save it; htmx replaces nothing then, so the typed text stays in its field.
   The line disappears with the next successful save. A text that is not saved differs from its defaultValue.
   Token. Each request gets the token of the cookie, because it changes when the user signs in again in another tab. */
(() => {
  "use strict";

  const KEPT = "Isian tetap di layar.";
  const WORDS = {
    0: `Belum tersimpan: server tidak menjawab. ${KEPT}`,
    401: `Tidak tersimpan: Anda sudah keluar. ${KEPT} Masuk lagi di tab lain, lalu simpan lagi.`,
    403: `Tidak tersimpan: akun ini tidak berhak, atau Anda masuk sebagai orang lain. ${KEPT}`,
    404: `Tidak tersimpan: yang diubah tidak ada lagi. ${KEPT}`,
  };
  const OTHER = `Tidak tersimpan: ada yang tidak berjalan di server. ${KEPT} Coba lagi satu menit lagi.`;
  const OWN_WORDS = [400, 409]; // the answer is a sentence for the screen

  const formOf = (event) => event.detail.elt?.closest?.("form[hx-post]");
  const lineOf = (form) => {
    const found = form.querySelector("[data-unsaved]");
    if (found) return found;
    const line = document.createElement("div");
    line.className = "why is-late mt-2";
    line.setAttribute("role", "alert");
    line.dataset.unsaved = "";
    form.append(line);
    return line;
  };
  const again = (form) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = "Simpan lagi";
    button.addEventListener("click", () => form.requestSubmit());
    return button;
  };
  const signIn = () => {
    const link = document.createElement("a");
    link.href = "/masuk/";
    link.target = "_blank";
    link.textContent = "Masuk lagi";
    return link;
  };
  const tell = (event) => {
    const form = formOf(event);
    if (!form) return;
    const { status, responseText } = event.detail.xhr;
    const words = OWN_WORDS.includes(status) && responseText ? responseText : (WORDS[status] ?? OTHER);
    const parts = [words, ...(status === 401 ? [signIn()] : []), again(form)];
    const said = document.createElement("p");
    said.append(...parts.flatMap((part) => [part, " "]));
    lineOf(form).replaceChildren(said);
  };
  for (const name of ["sendError", "responseError", "timeout"]) document.addEventListener(`htmx:${name}`, tell);

  const areasOf = (form) => form?.querySelectorAll("textarea") ?? [];
  document.addEventListener("htmx:beforeSend", (event) => {
    for (const area of areasOf(formOf(event))) area.dataset.sent = area.value;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    formOf(event)?.querySelector("[data-unsaved]")?.remove();
    for (const area of areasOf(formOf(event))) area.defaultValue = area.dataset.sent;
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (!token) return;
    const { headers, parameters } = event.detail;
    headers["X-CSRFToken"] = token;
    if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = token;
  });
})();
