/* record.js: the recording screen. Without it the page has "Simpan blok"; with it every answer is saved while it is typed.

   Saving. Each [data-part] posts itself (hx-post, one after the other in the order typed). An unsaved answer stays marked;
       the line #unsaved says so, and the script tries again every 10 seconds. Leaving the page waits for it.
   Others. Each save sends the fingerprints of the answers on the page (shown-*), the page's token and a count. An answer
       that another user changed is not overwritten: both versions appear in [data-conflict] and wait for a decision.
       Changes by others elsewhere on the page appear with the next save, or when #keep asks, every 20 seconds.
   Keys.   Digits choose a code of the focused choices, Delete removes the answer, F1 or ? shows or hides the help of the
       item. G and Alt+arrows are data-key, see desk.js. Rows of tables: record_table.js. */
(() => {
  "use strict";

  const sheet = document.querySelector("#sheet");
  if (!sheet || !window.htmx) return;

  const RETRY = 10000;
  const UNSAVED_WORDS = {
    away: "Server tidak menjawab. Isian Anda tetap di layar; dicoba lagi 10 detik lagi.",
    later: "Isian Anda tetap di layar; dicoba lagi 10 detik lagi.",
    signedOut: "Anda sudah keluar. Masuk lagi di tab lain; isian Anda tetap di layar dan disimpan sesudahnya.",
    noRight: "Tidak tersimpan: akun ini tidak berhak, atau Anda masuk sebagai orang lain. Isian Anda tetap di layar.",
  };
  const partOf = (element) => element.closest?.("[data-part]");

  /* Saving */
  const saved = new WeakMap(); // part -> the content saved last, so that it is not sent twice
  const waiting = new Set(); // parts with typed content that is not saved
  const retrying = new Set(); // those of `waiting` that the server did not accept
  const undecided = new Map(); // those of `waiting` that another user has answered too -> the content that was refused
  const line = document.querySelector("#unsaved");
  let timer;

  const given = (part, isChosen, valueOf) => {
    const fields = [...part.querySelectorAll("[name]:not([name^='shown-'])")];
    const isGiven = (field) => !["radio", "checkbox"].includes(field.type) || isChosen(field);
    return JSON.stringify(fields.filter(isGiven).map((field) => [field.name, valueOf(field)]));
  };
  const content = (part) => given(part, (field) => field.checked, (field) => field.value);
  const sentValue = (field) =>
    field.options ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value : field.defaultValue;
  const sentContent = (part) => given(part, (field) => field.defaultChecked, sentValue); // as the server drew it
  let turn = 0;
  const carried = (part) => {
    const body = new FormData();
    if (part.matches("[data-part]")) JSON.parse(content(part)).forEach(([name, value]) => body.append(name, value));
    sheet.querySelectorAll("[name^='shown-']").forEach((shown) => body.append(shown.name, shown.value));
    body.append("page", sheet.elements.page.value);
    body.append("turn", (turn += 1)); // so that a delayed save never overwrites a later one
    return body;
  };
  const remember = (part) => saved.set(part, content(part));
  const tell = (words) => {
    line.hidden = !words;
    if (words) line.querySelector("[data-words]").textContent = words;
  };
  const forget = (part) => [retrying, waiting, undecided].forEach((parts) => parts.delete(part));
  const tryAgain = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const part of retrying) {
        if (part.isConnected) htmx.trigger(part, "save-again");
        else forget(part);
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
    forget(part);
    part.querySelector("[data-conflict]")?.replaceChildren();
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

  // while the mouse is pressed, no element moves; then the typed answer is sent before the click
  let held = [];
  let pressed = null; // the pointerdown or keydown that has not ended
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, (event) => (pressed = event), true);
  const release = () => {
    pressed = null;
    held.splice(0).forEach((go) => go());
  };
  for (const name of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(name, release, true);
  window.addEventListener("blur", release);
  document.addEventListener("htmx:confirm", (event) => {
    if (pressed?.type !== "pointerdown" || !partOf(event.detail.elt)) return;
    event.preventDefault();
    held.push(() => event.detail.issueRequest());
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const part = event.detail.elt;
    if (part.matches("[data-part], #keep")) event.detail.parameters = carried(part); // htmx would send the whole form
  });
  const sent = new WeakMap(); // request -> its content
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (!part.matches("[data-part]")) return;
    const now = content(part);
    if (now === saved.get(part)) {
      event.preventDefault(); // the content is already saved
      taken(part);
      return;
    }
    if (now === undecided.get(part)) event.preventDefault(); // the part waits for a decision
    sent.set(event.detail.xhr, now);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt: part, xhr, successful } = event.detail;
    if (!part.matches("[data-part]") || !xhr) return;
    if (successful && xhr.getResponseHeader("X-Saved")) {
      saved.set(part, sent.get(xhr));
      see(part, xhr.getResponseHeader("X-Fingerprint"));
      if (content(part) === saved.get(part)) {
        taken(part);
        write(part, JSON.parse(xhr.getResponseHeader("X-Shown") ?? "{}"));
      }
    } else if (xhr.getResponseHeader("X-Conflict")) {
      if (sent.get(xhr) !== saved.get(part)) decide(part, sent.get(xhr), xhr.responseText); // unless it was given up meanwhile
    } else if (xhr.status === 401) {
      notTaken(part, UNSAVED_WORDS.signedOut);
    } else if (xhr.status === 403) {
      notTaken(part, UNSAVED_WORDS.noRight);
    } else if (xhr.status === 409 && xhr.getResponseHeader("Retry-After")) {
      notTaken(part, `${xhr.responseText} ${UNSAVED_WORDS.later}`); // the office's clock is behind
    } else if (xhr.status === 409 || xhr.status === 400) {
      taken(part);
      tell(xhr.responseText);
    } else {
      notTaken(part, UNSAVED_WORDS.away);
    }
  });

  /* An answer that another user has changed */
  const see = (part, fingerprint) => (part.querySelector("[name^='shown-']").value = fingerprint);
  const decide = (part, refused, both) => {
    retrying.delete(part);
    waiting.add(part);
    undecided.set(part, refused);
    whenSaved.length = 0;
    if (!retrying.size) tell("");
    const place = part.querySelector("[data-conflict]");
    place.innerHTML = both; // the server has escaped the typed text
    place.firstElementChild.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-take-theirs], [data-keep-mine]");
    if (!choice) return;
    event.preventDefault();
    const part = partOf(choice);
    if (choice.matches("[data-take-theirs]")) {
      forget(part);
      remember(part); // the user gives their answer up
      htmx.trigger("#keep", "look-again"); // load the stored answer, because the page shows another one
    } else {
      see(part, choice.closest("[data-fingerprint]").dataset.fingerprint);
      undecided.delete(part);
      htmx.trigger(part, "save-again");
    }
    focusIn(part);
  });

  /* A date is rewritten as the server understood it, once the field has lost the focus */
  const understood = new Map(); // part -> its fields by name
  const write = (part, fields) => {
    if (!Object.keys(fields).length) return;
    understood.set(part, fields);
    if (!part.contains(document.activeElement)) writeNow(part);
  };
  const writeNow = (part) => {
    const fields = understood.get(part);
    understood.delete(part);
    if (!fields || content(part) !== saved.get(part)) return;
    for (const [name, value] of Object.entries(fields)) part.querySelector(`[name="${name}"]`).value = value;
    remember(part);
  };
  document.addEventListener("focusout", (event) => {
    const part = partOf(event.target);
    if (part && !part.contains(event.relatedTarget)) writeNow(part);
  });

  /* Leaving */
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  const leaveWhenSaved = (event, go) => {
    if (!waiting.size || retrying.size || undecided.size) return;
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
    if (event.target === sheet) event.preventDefault(); // Enter in a field: the answer is saved without it
    else if (!event.target.matches("dialog form")) leaveWhenSaved(event, () => event.target.requestSubmit());
  });

  /* Swapping answers in: the focus stays in its place when a line is replaced */
  let lost = null; // the place that is replaced, and its field with the focus
  const isSame = (field, other) =>
    field.name === other.name && (!["radio", "checkbox"].includes(field.type) || field.value === other.value);
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    // an unsaved answer, or an element that is being pressed, is never replaced
    if ([...waiting].some((part) => target.contains(part))) event.detail.shouldSwap = false;
    if (pressed && target.contains(pressed.target)) {
      event.detail.shouldSwap = false;
      held.push(() => htmx.trigger("#keep", "look-again"));
    }
    lost = target.contains(document.activeElement) ? { id: target.id, field: document.activeElement } : null;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const drawn = event.detail.target.id && document.getElementById(event.detail.target.id);
    if (!drawn || !event.detail.shouldSwap) return; // htmx tells of what it was not allowed to replace, too
    equip(drawn);
    drawn.querySelectorAll("[data-part]").forEach(remember);
    if (drawn.matches("[data-part]")) remember(drawn);
    if (lost?.id === drawn.id) {
      const again = [...drawn.querySelectorAll("[name]")].find((field) => isSame(field, lost.field));
      if (again) again.focus();
      else focusIn(drawn);
    }
    lost = null;
  });

  /* The officer's place in the form */
  const CONTROLS = "input:not([type=hidden]), textarea, select, summary, a[href], button:not([hidden])";
  const equip = (place) =>
    place.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
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

  /* Help of the item */
  document.addEventListener("keydown", (event) => {
    const isTyped = event.target.matches?.("textarea, input:not([type=radio], [type=checkbox])");
    if (event.key !== "F1" && (event.key !== "?" || isTyped)) return;
    const place = partOf(event.target) ?? event.target.closest?.(".item");
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("is-helpless");
  });

  equip(document);
  // what was typed before this script came, on a slow line, is saved too
  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-part]")) {
      saved.set(part, sentContent(part));
      if (content(part) === saved.get(part)) continue;
      waiting.add(part);
      htmx.trigger(part, "save-again");
    }
  });
  // after the browser has jumped to the anchor, which removes the focus
  if (location.hash) window.addEventListener("load", () => setTimeout(() => goTo(location.hash)));
})();
