// Rows by keys: in a table body or list with `data-rows`, J and K move from row to row, Enter opens the row's first link
// (it has the focus), X ticks its box. The row one is at carries `data-at`; Tab goes on from there.

import { register } from "./keys.js";

const rows = () => [...document.querySelectorAll("[data-rows] > *")].filter((row) => row.querySelector("a[href]"));
const at = (all) => all.findIndex((row) => row.contains(document.activeElement));

function mark(row) {
  for (const other of document.querySelectorAll("[data-rows] > [data-at]")) other.removeAttribute("data-at");
  row?.setAttribute("data-at", "");
}

function move(step) {
  const all = rows();
  const now = at(all);
  const marked = all.findIndex((row) => row.hasAttribute("data-at"));
  const from = now >= 0 ? now : marked;
  const next = all[Math.min(Math.max(from + step, 0), all.length - 1)];
  next.querySelector("a[href]").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function tick() {
  const row = document.querySelector("[data-rows] > [data-at]");
  const box = row?.querySelector("[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

export function start() {
  const when = () => rows().length > 0;
  register("down", () => move(1), { when, repeat: true });
  register("up", () => move(-1), { when, repeat: true });
  register("select", tick, { when });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-rows] > *");
    if (row) mark(row);
  });
}
