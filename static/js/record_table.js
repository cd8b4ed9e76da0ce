/* record_table.js: adds (from the table's <template>), copies and removes the rows of an answer table; the toast can restore
   a removed row. Ctrl+Enter adds a row, Ctrl+D copies the row with the cursor, Ctrl+Delete removes it.
   Cells pasted from a spreadsheet fill rows. Every change fires "change" on the table, and record.js saves it. */
(() => {
  "use strict";

  const changed = (table) => table.dispatchEvent(new Event("change", { bubbles: true }));
  const PLACE = /-(\d+|NOMOR)-/;
  const renumber = (table) => {
    [...table.querySelectorAll("tbody tr")].forEach((row, index) => {
      row.querySelector("[data-row-number]").textContent = index + 1;
      for (const cell of cellsOf(row)) cell.name = cell.name.replace(PLACE, `-${index}-`); // the server keeps this order
      for (const cell of row.querySelectorAll("[aria-label]")) {
        cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/(baris) \S+$/, `$1 ${index + 1}`));
      }
    });
  };
  const cellsOf = (row) => [...row.querySelectorAll("textarea, input")];
  const columnOf = (row) => Math.max(cellsOf(row).indexOf(document.activeElement), 0);
  const isEmpty = (row) => cellsOf(row).every((cell) => !cell.value.trim());
  const nextRow = (table) => {
    const last = table.querySelector("tbody tr:last-child");
    return last && isEmpty(last) ? last : addRow(table);
  };
  const blankRow = (table) => {
    const row = table.querySelector("template").content.firstElementChild.cloneNode(true);
    equip(row);
    return row;
  };
  const addRow = (table) => {
    const row = blankRow(table);
    table.querySelector("tbody").append(row);
    renumber(table);
    return row;
  };
  const copyRow = (table, row) => {
    const copy = blankRow(table);
    cellsOf(row).forEach((cell, index) => (cellsOf(copy)[index].value = cell.value));
    row.after(copy);
    renumber(table);
    changed(table);
    return copy;
  };
  const removeRow = (table, row) => {
    const column = columnOf(row);
    const place = row.nextElementSibling;
    const number = row.querySelector("[data-row-number]").textContent;
    const words = cellsOf(row).map((cell) => cell.value.trim()).filter(Boolean);
    row.remove();
    if (!table.querySelector("tbody tr")) addRow(table);
    renumber(table);
    changed(table);
    const neighbour = place ?? table.querySelector("tbody tr:last-child");
    cellsOf(neighbour)[column].focus();
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
    if (!text.includes("\t")) return; // tabs separate the cells of a spreadsheet; other text is pasted as usual
    event.preventDefault();
    const start = event.target.closest("tr");
    const column = cellsOf(start).indexOf(event.target);
    let row = start;
    for (const cells of text.split("\n").map((each) => each.split("\t"))) {
      row ??= addRow(table);
      const fields = cellsOf(row).slice(column);
      cells.forEach((value, index) => fields[index] && (fields[index].value = value.trim()));
      row = row.nextElementSibling;
    }
    changed(table);
  };
  const equip = (place) =>
    place.querySelectorAll("[data-add-row], [data-copy-row], [data-remove-row]").forEach((button) => (button.hidden = false));

  document.addEventListener("click", (event) => {
    const table = event.target.closest("[data-table]");
    if (!table) return;
    const row = event.target.closest("tr");
    if (event.target.closest("[data-add-row]")) cellsOf(nextRow(table))[0].focus();
    else if (event.target.closest("[data-copy-row]")) cellsOf(copyRow(table, row))[0].focus();
    else if (event.target.closest("[data-remove-row]")) removeRow(table, row);
  });
  const KEYS = {
    Enter: (table) => cellsOf(nextRow(table))[0].focus(),
    d: (table, row) => row && cellsOf(copyRow(table, row))[columnOf(row)].focus(),
    Delete: (table, row) => row && removeRow(table, row),
  };
  document.addEventListener("keydown", (event) => {
    const table = event.ctrlKey && !event.altKey && event.target.closest?.("[data-table]");
    const act = table && KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(table, event.target.closest("tbody tr"));
  });
  document.addEventListener("paste", (event) => {
    const table = event.target.closest?.("[data-table]");
    if (table) pasteRows(event, table);
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const drawn = event.detail.target.id && document.getElementById(event.detail.target.id);
    if (drawn) equip(drawn);
  });

  equip(document);
})();
