/* record.js: the recording screen. Without it the page has "Simpan blok"; with it every answer is saved as it is typed.

   Saving. Each [data-part] posts itself (hx-post, one after the other in the order typed). What was not saved stays
       marked; the line #unsaved says so, and it is tried again every 10 seconds. Leaving the page waits for it.
   Keys.   Digits choose a code of the focused choices, Delete takes the answer back, Ctrl+Enter adds a row.
           G and Alt+arrows are data-key, see desk.js.
   Tables. Rows are added from the table's <template>; a removed row can be taken back from the toast. */
(() => {
  "use strict";

  const sheet = document.querySelector("#sheet");
  if (!sheet || !window.htmx) return;

  const RETRY = 10000;
  const UNSAVED_WORDS = {
    away: "Server tidak menjawab. Isian Anda tetap di layar; dicoba lagi 10 detik lagi.",
    signedOut: "Anda sudah keluar. Masuk lagi di tab lain; isian Anda tetap di layar dan disimpan sesudahnya.",
  };
  const partOf = (element) => element.closest?.("[data-part]");

  /* Saving */
  const saved = new WeakMap(); // part -> what was last saved, so that the same is not sent twice
  const waiting = new Set(); // parts with something typed that is not saved
  const retrying = new Set(); // of these, those the server did not take
  const line = document.querySelector("#unsaved");
  let timer;

  const content = (part) => {
    const fields = [...part.querySelectorAll("[name]:not([name^='shown-'])")];
    const isGiven = (field) => !["radio", "checkbox"].includes(field.type) || field.checked;
    return JSON.stringify(fields.filter(isGiven).map((field) => [field.name, field.value]));
  };
  const carried = (part) => {
    const body = new FormData();
    JSON.parse(content(part)).forEach(([name, value]) => body.append(name, value));
    return body;
  };
  const remember = (part) => saved.set(part, content(part));
  const rememberAll = () => document.querySelectorAll("[data-part]").forEach(remember);
  const tell = (words) => {
    line.hidden = !words;
    if (words) line.querySelector("[data-words]").textContent = words;
  };
  const tryAgain = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const part of retrying) {
        if (part.isConnected) htmx.trigger(part, "save-again");
        else [retrying, waiting].forEach((parts) => parts.delete(part));
      }
      if (retrying.size) tryAgain();
    }, RETRY);
  };
  const notTaken = (part, words) => {
    retrying.add(part);
    tell(words);
    tryAgain();
  };
  const taken = (part) => {
    [retrying, waiting].forEach((parts) => parts.delete(part));
    if (!retrying.size) tell("");
    if (!waiting.size) whenSaved.splice(0).forEach((go) => go());
  };
  const whenSaved = [];

  const mark = (event) => {
    const part = partOf(event.target);
    if (!part) return;
    if (content(part) === saved.get(part)) waiting.delete(part);
    else waiting.add(part);
  };
  document.addEventListener("input", mark, true);
  document.addEventListener("change", mark, true);

  // a press of the mouse is over before anything moves under it; then what was typed goes out before what was clicked
  let held = [];
  let isPressed = false;
  document.addEventListener("pointerdown", () => (isPressed = true), true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(
      name,
      () => {
        isPressed = false;
        held.splice(0).forEach((send) => send());
      },
      true,
    );
  }
  document.addEventListener("htmx:confirm", (event) => {
    if (!isPressed || !partOf(event.detail.elt)) return;
    event.preventDefault();
    held.push(() => event.detail.issueRequest());
  });

  document.addEventListener("htmx:configRequest", (event) => {
    // the token changes when somebody signs in again in another tab
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.detail.headers["X-CSRFToken"] = token[1];
    const part = event.detail.elt;
    if (part.matches("[data-part]")) event.detail.parameters = carried(part); // not the whole form, as htmx would
  });
  const sent = new WeakMap(); // request -> what it carries
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (!part.matches("[data-part]")) return;
    const now = content(part);
    if (now === saved.get(part)) {
      event.preventDefault(); // saved already
      taken(part);
      return;
    }
    sent.set(event.detail.xhr, now);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt: part, xhr, successful } = event.detail;
    if (!part.matches("[data-part]") || !xhr) return;
    if (successful && xhr.getResponseHeader("X-Saved")) {
      saved.set(part, sent.get(xhr));
      if (content(part) === saved.get(part)) taken(part);
    } else if (successful || xhr.status === 403) {
      notTaken(part, UNSAVED_WORDS.signedOut);
    } else if (xhr.status === 409 || xhr.status === 400) {
      taken(part);
      tell(xhr.responseText);
    } else {
      notTaken(part, UNSAVED_WORDS.away);
    }
  });

  /* Leaving */
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  const leaveWhenSaved = (event, go) => {
    if (!waiting.size || retrying.size) return;
    event.preventDefault();
    whenSaved.push(go);
    for (const part of waiting) htmx.trigger(part, "save-again");
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || link.dataset.confirm || event.ctrlKey || event.metaKey) return;
    leaveWhenSaved(event, () => link.click());
  });
  document.addEventListener("submit", (event) => {
    if (event.target === sheet) event.preventDefault(); // Enter in a field: it is saved anyway
    else if (!event.target.matches("dialog form")) leaveWhenSaved(event, () => event.target.requestSubmit());
  });

  /* What the answer brings: the focus stays in its place when a line is drawn anew */
  let lost = null;
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    // what is typed and not saved yet is never drawn over
    if ([...waiting].some((part) => target.contains(part))) event.detail.shouldSwap = false;
    lost = target.contains(document.activeElement) ? target.id : null;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const drawn = event.detail.target.id && document.getElementById(event.detail.target.id);
    if (!drawn) return;
    equip(drawn);
    drawn.querySelectorAll("[data-part]").forEach(remember);
    if (drawn.matches("[data-part]")) remember(drawn);
    if (lost === drawn.id) focusIn(drawn);
    lost = null;
  });

  /* Where the officer is */
  const CONTROLS = "input:not([type=hidden]), textarea, select, summary, a[href], button:not([hidden])";
  const focusIn = (place) => {
    const first = place.querySelector(":checked") ?? place.querySelector(CONTROLS);
    first?.focus();
  };
  document.addEventListener("focusin", (event) => {
    const line = event.target.closest(".item");
    if (!line) return;
    document.querySelectorAll(".item.is-on").forEach((other) => other.classList.toggle("is-on", other === line));
    line.classList.add("is-on");
  });
  const goTo = (anchor) => {
    const place = anchor.length > 1 && document.getElementById(decodeURIComponent(anchor.slice(1)));
    if (!place) return;
    place.querySelectorAll("details").forEach((details) => (details.open = details.parentElement === place || details.open));
    place.scrollIntoView({ block: "center" });
    focusIn(place);
  };
  window.addEventListener("hashchange", () => goTo(location.hash));

  /* Digits and Delete in a group of codes */
  let typed = "";
  let typedAt = 0;
  let pending;
  const choose = (box) => {
    if (!box) return;
    box.focus();
    if (box.type === "checkbox") box.click();
    else if (!box.checked) box.click();
  };
  const clear = (boxes) => {
    const given = boxes.filter((box) => box.checked);
    given.forEach((box) => (box.checked = false));
    if (given.length) given[0].dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-codes]");
    if (!group || event.ctrlKey || event.altKey || event.metaKey) return;
    const boxes = [...group.querySelectorAll("input")];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      clear(boxes);
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      clearTimeout(pending);
      typed = Date.now() - typedAt < 700 ? typed + event.key : event.key;
      typedAt = Date.now();
      const match = boxes.find((box) => box.value === typed);
      const couldGrow = boxes.some((box) => box.value !== typed && box.value.startsWith(typed));
      const take = () => {
        typed = "";
        choose(match);
      };
      if (couldGrow) pending = setTimeout(take, 700);
      else take();
    }
  });

  /* Rows */
  const changed = (table) => table.dispatchEvent(new Event("change", { bubbles: true }));
  let next = Date.now(); // row numbers only order the rows; a new one stands after all others
  const renumber = (table) => {
    [...table.querySelectorAll("tbody tr")].forEach((row, index) => {
      row.querySelector("[data-row-number]").textContent = index + 1;
      for (const cell of row.querySelectorAll("[aria-label]")) {
        cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/(baris) \S+$/, `$1 ${index + 1}`));
      }
    });
  };
  const isEmpty = (row) => [...row.querySelectorAll("textarea, input")].every((cell) => !cell.value.trim());
  const nextRow = (table) => {
    const last = table.querySelector("tbody tr:last-child");
    return last && isEmpty(last) ? last : addRow(table);
  };
  const addRow = (table) => {
    const row = table.querySelector("template").content.firstElementChild.cloneNode(true);
    next += 1;
    for (const cell of row.querySelectorAll("[name]")) cell.name = cell.name.replace("-NOMOR-", `-${next}-`);
    table.querySelector("tbody").append(row);
    equip(row);
    renumber(table);
    return row;
  };
  const removeRow = (table, row) => {
    const place = row.nextElementSibling;
    const number = row.querySelector("[data-row-number]").textContent;
    const words = [...row.querySelectorAll("textarea, input")].map((cell) => cell.value.trim()).filter(Boolean);
    row.remove();
    if (!table.querySelector("tbody tr")) addRow(table);
    renumber(table);
    changed(table);
    table.querySelector("[data-add-row]").focus();
    if (words.length) offerBack(`Baris ${number}, ${words.join(", ").slice(0, 60)}, dihapus.`, () => {
      table.querySelector("tbody").insertBefore(row, place?.isConnected ? place : null);
      renumber(table);
      changed(table);
    });
  };
  const offerBack = (what, undo) => {
    const toast = document.createElement("div");
    toast.className = "toast-desk";
    const words = document.createElement("p");
    words.textContent = what;
    const button = document.createElement("button");
    button.className = "btn btn-sm";
    button.type = "button";
    button.textContent = "Urungkan";
    button.addEventListener("click", () => {
      undo();
      toast.remove();
    });
    toast.append(words, button);
    document.querySelector("#toasts").append(toast);
  };
  const pasteRows = (event, table) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!text.includes("\t")) return; // a sheet's cells are parted by tabs; other text is pasted as always
    event.preventDefault();
    const start = event.target.closest("tr");
    const column = [...start.querySelectorAll("textarea, input")].indexOf(event.target);
    let row = start;
    for (const cells of text.split("\n").map((each) => each.split("\t"))) {
      row ??= addRow(table);
      const fields = [...row.querySelectorAll("textarea, input")].slice(column);
      cells.forEach((value, index) => fields[index] && (fields[index].value = value.trim()));
      row = row.nextElementSibling;
    }
    changed(table);
  };
  const equip = (place) => {
    place.querySelectorAll("[data-add-row], [data-remove-row]").forEach((button) => (button.hidden = false));
    place.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
  };

  document.addEventListener("click", (event) => {
    const table = event.target.closest("[data-table]");
    if (!table) return;
    if (event.target.closest("[data-add-row]")) focusIn(nextRow(table));
    else if (event.target.closest("[data-remove-row]")) removeRow(table, event.target.closest("tr"));
  });
  document.addEventListener("keydown", (event) => {
    const table = event.ctrlKey && event.key === "Enter" && event.target.closest?.("[data-table]");
    if (!table) return;
    event.preventDefault();
    focusIn(nextRow(table));
  });
  document.addEventListener("paste", (event) => {
    const table = event.target.closest?.("[data-table]");
    if (table) pasteRows(event, table);
  });

  equip(document);
  rememberAll();
  if (location.hash) goTo(location.hash);
})();
