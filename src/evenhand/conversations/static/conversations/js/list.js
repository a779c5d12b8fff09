// The list by keyboard, what is selected, and the dialog of a filter. Rows come and go with htmx, so nothing is kept
// about them here: everything is read from the page when it is needed.

import { register } from "../../evenhand/js/keys.js";

const rows = () => [...document.querySelectorAll(".convs tbody tr")];
const boxes = () => [...document.querySelectorAll(".convs tbody .check")];
const current = () => document.querySelector(".convs tr[data-at]");
const dialog = () => document.querySelector("#filter-dialog");

function goTo(row) {
  current()?.removeAttribute("data-at");
  row.setAttribute("data-at", "");
  row.querySelector(".subject").focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (all[next]) goTo(all[next]);
}

function tellSelected() {
  const picked = boxes().filter((box) => box.checked);
  const told = document.querySelector("[data-picked]");
  if (!told) return;
  told.textContent = picked.length === 1 ? told.dataset.one : told.dataset.many.replace("%n", picked.length);
  const all = document.querySelector("[data-all]");
  all.checked = picked.length > 0 && picked.length === boxes().length;
  all.indeterminate = picked.length > 0 && !all.checked;
}

function select(row) {
  const box = row.querySelector(".check");
  box.checked = !box.checked;
  tellSelected();
}

function clear() {
  for (const box of boxes()) box.checked = false;
  tellSelected();
}

function onChange(event) {
  if (event.target.matches("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches(".convs .check")) tellSelected();
  if (event.target.matches("select[data-goes]")) window.location.assign(event.target.value);
}

/** Long lists of options: only those that hold what one writes. */
function onInput(event) {
  const field = event.target.closest("[data-narrows]");
  if (!field) return;
  const wanted = field.value.trim().toLowerCase();
  for (const label of document.querySelectorAll(`${field.dataset.narrows} label`)) {
    label.hidden = !label.textContent.toLowerCase().includes(wanted) && !label.querySelector(":checked");
  }
}

function onSwap(event) {
  if (event.detail.target !== dialog()) return tellSelected();
  if (!dialog().open) dialog().showModal();
  dialog().querySelector("input:not([type=hidden]), select, li a")?.focus();
}

register("down", () => step(1), { repeat: true, when: () => rows().length > 0 });
register("up", () => step(-1), { repeat: true, when: () => rows().length > 0 });
register("open", () => current().querySelector(".subject").click(), { when: () => current() !== null });
register("select", () => select(current()), { when: () => current() !== null });
register("clear-selection", clear, { key: "escape", when: () => boxes().some((box) => box.checked) });

document.addEventListener("change", onChange);
document.addEventListener("input", onInput);
document.addEventListener("reset", () => setTimeout(tellSelected));
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".convs tbody tr");
  if (row && row !== current()) {
    current()?.removeAttribute("data-at");
    row.setAttribute("data-at", "");
  }
});
document.addEventListener("htmx:afterSwap", onSwap);
tellSelected();
