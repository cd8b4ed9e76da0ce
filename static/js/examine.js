/* examine.js: marks the rincian whose editor is at the right, inserts phrases, and asks before a typed remark is lost.
   The address (#p-r5-6) and CSS alone choose the editor; the page works without this file.

   Phrases. The list below the editor shows the phrases for the line: first those of this line, then the general ones.
   P goes to its field, which filters the list. 1 to 9, or arrows and Enter, or a click insert the sentence at the cursor
   in the remark, set the kind of the remark, and save it as if the user had typed it. */
(() => {
  "use strict";

  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const links = () => all("#isi .item a[href^='#p-']");
  const current = () => {
    const hash = decodeURIComponent(location.hash);
    return links().find((link) => link.hash === hash) ?? links()[0];
  };
  const editor = () => document.querySelector(".editor:target, .editors:not(:has(> .editor:target)) > .editor");

  const mark = () => {
    const chosen = current()?.closest(".item");
    for (const item of all("#isi .item")) {
      item.classList.toggle("is-on", item === chosen);
      if (item === chosen) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
    return chosen;
  };

  const go = (step) => {
    const next = links()[links().indexOf(current()) + step];
    if (next) location.hash = next.hash;
  };

  const isOneColumn = matchMedia("(max-width: 1099px)"); // desk.css: the editor is below the list
  const follow = () => {
    const row = mark();
    if (isOneColumn.matches) editor()?.scrollIntoView({ block: "start" });
    else row?.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("hashchange", follow);
  document.addEventListener("htmx:afterSettle", mark); // a line was replaced
  for (const button of all("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }

  document.querySelector("[data-steps]").hidden = false;

  // "Bandingkan dahulu" opens the comparison on this page and does not change the editor
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open]");
    const details = button && document.querySelector(button.dataset.open);
    if (!details) return;
    event.preventDefault();
    open(details);
    details.scrollIntoView({ block: "nearest" });
  });
  const open = (details) => {
    details.open = true;
    details.querySelector("summary").focus();
  };
  // a comparison that was opened before its content arrived stays open
  let wasOpen = false;
  document.addEventListener("htmx:beforeSwap", (event) => (wasOpen = event.detail.target.matches("details[open]")));
  document.addEventListener("htmx:afterSwap", () => {
    const compared = document.querySelector("#similar");
    if (wasOpen && compared && !compared.open) open(compared);
    wasOpen = false;
  });

  // leave the remark, so that letters work as keys again
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches(".editor textarea")) current()?.focus();
  });

  /* phrases */
  const box = document.querySelector("#pustaka");
  const find = box?.querySelector("#phrase-find");
  let lastArea = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".editor textarea")) lastArea = event.target;
  });
  const areaHere = () => (editor()?.contains(lastArea) ? lastArea : editor()?.querySelector("textarea"));
  const shown = () => all("li:not([hidden]) > button", box);

  const offer = () => {
    const line = current()?.hash.slice(3) ?? "";
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let digit = 0;
    for (const row of all("li", box)) {
      const text = row.textContent.toLowerCase();
      const fits = !row.dataset.line || row.dataset.line === line;
      row.hidden = !fits || !words.every((word) => text.includes(word));
      const button = row.querySelector("button");
      if (!row.hidden && digit < 9) button.dataset.digit = digit += 1;
      else delete button.dataset.digit;
    }
    box.querySelector("[data-phrases-none]").hidden = shown().length > 0;
    box.querySelector("[data-phrases-line]").textContent = current()?.closest(".item").querySelector(".item-no").textContent ?? "";
  };

  const put = (button) => {
    const area = areaHere();
    if (!area || !button) return;
    const before = area.value.slice(0, area.selectionStart);
    const space = before && !/\s$/.test(before) ? " " : "";
    const text = space + button.querySelector("[data-phrase]").textContent;
    if (area.value.length + text.length > area.maxLength) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.form.querySelector(`[name=kind][value=${button.dataset.kind}]`).checked = true;
    find.value = "";
    offer();
    area.focus();
    area.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const step = (by) => {
    const rows = [find, ...shown()];
    rows[Math.min(Math.max(rows.indexOf(document.activeElement) + by, 0), rows.length - 1)].focus();
  };
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => areaHere()?.focus(),
    Enter: () => put(document.activeElement === find ? shown()[0] : document.activeElement),
  };

  if (box) {
    for (const tool of all("[data-phrases-tools]", box)) tool.hidden = false;
    box.addEventListener("click", (event) => put(event.target.closest("li > button")));
    box.addEventListener("input", offer);
    box.addEventListener("focusin", offer); // quick keys can come before the event of the new address
    box.addEventListener("keydown", (event) => {
      const picks = /^[1-9]$/.test(event.key) && !document.documentElement.classList.contains("keys-off");
      const act = keys[event.key] ?? (picks && (() => put(shown()[event.key - 1])));
      if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    window.addEventListener("hashchange", offer);
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-phrases-open]")) return;
      event.preventDefault();
      find.focus();
    });
    offer();
  }

  // a saved remark cannot be lost; a remark that was not saved stays in its field (unsaved.js says so)
  const isTyped = (area) => area.value.trim() !== area.defaultValue.trim();
  window.addEventListener("beforeunload", (event) => {
    if (all(".editor textarea").some(isTyped)) event.preventDefault();
  });

  if (location.hash) follow();
  else mark();
})();
