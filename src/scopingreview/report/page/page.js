
"use strict";
// Tables that sort and filter, and boxes that open when a link leads to them. Without this script
// the page says the same, in the order in which it was written.
const LONG = 10; // rows: from so many on a table can be filtered
const ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function numberIn(text) {
  const number = Number.parseFloat(text.replaceAll(",", "").replace("−", "-"));
  return Number.isNaN(number) ? null : number;
}

function compareCells(first, second, isNumber) {
  if (!isNumber) return ORDER.compare(first, second);
  return numberIn(first) - numberIn(second);
}

function isEmpty(text, isNumber) {
  return text === "–" || text === "" || (isNumber && numberIn(text) === null);
}

function sortTable(table, heading, place) {
  const isNumber = heading.classList.contains("number");
  const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
  const keyed = rows.map((row) => [row.cells[place].textContent.trim(), row]);
  keyed.sort(([first], [second]) => {
    const lacks = isEmpty(first, isNumber) - isEmpty(second, isNumber);
    return lacks || (isEmpty(first, isNumber) ? 0 : sign * compareCells(first, second, isNumber));
  });
  const totals = [...body.rows].filter((row) => row.classList.contains("total"));
  body.append(...keyed.map(([, row]) => row), ...totals);
  for (const other of table.tHead.rows[table.tHead.rows.length - 1].cells) {
    other.removeAttribute("aria-sort");
  }
  heading.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
}

function makeSortable(table) {
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  headings.forEach((heading, place) => {
    if (!heading.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortTable(table, heading, place));
    heading.append(button);
  });
}

function makeFiltered(table) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const told = document.createElement("span");
  const line = document.createElement("div");
  label.className = line.className = "filter";
  input.type = "search";
  told.setAttribute("role", "status");
  label.append("Only rows with", input);
  line.append(label, told);
  table.closest(".scroll").before(line);
  const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("total"));
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase("en");
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase("en").includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    told.textContent = wanted ? `${shown} of ${rows.length} rows` : "";
  });
}

function openAddressed() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const box = target && target.closest("details");
  if (!box) return;
  box.open = true;
  box.querySelector("summary").focus();
}

for (const table of document.querySelectorAll(".scroll table")) {
  if (table.querySelector("tr.section")) continue;
  const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("total"));
  if (rows.length > 1) makeSortable(table);
  if (rows.length >= LONG) makeFiltered(table);
}
addEventListener("hashchange", openAddressed);
openAddressed();
