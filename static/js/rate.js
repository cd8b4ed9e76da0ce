/* rate.js: one question at a time. Without script the page shows all nine, one below the other.

   One touch answers and shows the next question; on the keyboard the arrows choose and "Lanjut" continues. "Kembali" goes
   back. The last step has the remark and the complaint; only this step can be sent. After errors the first wrong step opens. */
(() => {
  "use strict";

  const form = document.getElementById("rating");
  if (!form) return;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const steps = [...form.querySelectorAll("[data-step]")];
  const last = steps.length - 1;
  const [back, next, send, hint, progress] = ["back", "next", "send", "hint", "progress"].map(find);
  const stop = find("stop"); // only after a face was touched
  const complaint = find("complaint");
  const title = document.title;
  let at = Math.max(0, steps.findIndex((step) => step.hasAttribute("data-wrong")));
  let timer;

  const isAnswered = (step) => step.querySelector("input:checked") !== null;
  const show = (hasMoved) => {
    const isLast = at === last;
    steps.forEach((step, index) => (step.hidden = index !== at));
    progress.hidden = isLast;
    progress.querySelector("progress").value = at + 1;
    find("number").textContent = `Pertanyaan ${at + 1} dari ${last}`;
    document.title = isLast ? title : `Pertanyaan ${at + 1} dari ${last}, ${title}`;
    find("intro").classList.toggle("is-past", at > 0);
    find("intro").hidden = isLast;
    back.hidden = at === 0;
    next.hidden = isLast;
    hint.hidden = isLast;
    send.hidden = !isLast;
    if (stop) stop.hidden = isLast;
    if (!hasMoved) return;
    // the last step begins at its heading: a focused text field would open the keyboard of the tablet over the rest
    const first = steps[at].querySelector("h1") ?? steps[at].querySelector("input:checked") ?? steps[at].querySelector("input");
    first?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  const go = (step) => {
    clearTimeout(timer);
    at = Math.min(last, Math.max(0, step));
    show(true);
  };
  const say = () => {
    hint.textContent = "Pilih satu jawaban dahulu";
    hint.setAttribute("role", "status");
  };

  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => (isAnswered(steps[at]) ? go(at + 1) : say()));
  form.addEventListener("click", (event) => {
    // detail 0: the keyboard, which only chooses
    if (at === last || event.detail === 0 || !event.target.closest(".answer")) return;
    clearTimeout(timer);
    timer = setTimeout(() => go(at + 1), 250);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || at === last || event.target.tagName === "TEXTAREA") return;
    event.preventDefault();
    next.click();
  });
  const toggle = () => (complaint.hidden = form.querySelector('[name="has_complaint"]:checked')?.value !== "ya");
  form.addEventListener("change", toggle);

  document.querySelectorAll("[data-plain]").forEach((plain) => (plain.hidden = true));
  find("errors")?.setAttribute("hidden", "");
  toggle();
  show(false);
})();
