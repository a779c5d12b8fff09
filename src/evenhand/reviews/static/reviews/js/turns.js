// J and K go from message to message. The caret goes along, so that Shift with the arrows selects words there.

import { register } from "../../evenhand/js/keys.js";

const all = () => [...document.querySelectorAll(".turn")];
let at = null;

function move(step) {
  const turns = all();
  const from = turns.findIndex((turn) => turn.id === at);
  const index = from < 0 ? (step > 0 ? 0 : turns.length - 1) : Math.min(Math.max(from + step, 0), turns.length - 1);
  reach(turns[index]);
}

function reach(turn) {
  if (!turn) return;
  for (const other of all()) other.toggleAttribute("data-at", other === turn);
  at = turn.id;
  turn.focus({ preventScroll: true });
  turn.scrollIntoView({ block: "nearest" });
  const text = turn.querySelector(".text [data-at]")?.firstChild;
  if (text) getSelection().collapse(text, 0);
}

const REACH = {
  arrowright: ["forward", "character"],
  arrowleft: ["backward", "character"],
  arrowdown: ["forward", "line"],
  arrowup: ["backward", "line"],
};

/** Browsers extend a selection by keys only in fields, or where a mouse began it: here it works from J and K too. */
function extend([direction, grain]) {
  getSelection().modify("extend", direction, grain);
}

const reading = () => {
  const from = getSelection().anchorNode?.parentElement;
  return Boolean(from?.closest(".transcript")) && !document.activeElement?.closest(".panel");
};

function extendByKeys() {
  for (const [arrow, [direction, grain]] of Object.entries(REACH)) {
    const byWord = grain === "character" ? "word" : "paragraph";
    register(`select-${arrow}`, () => extend([direction, grain]), { key: `shift+${arrow}`, when: reading, repeat: true });
    register(`select-more-${arrow}`, () => extend([direction, byWord]), { key: `mod+shift+${arrow}`, when: reading, repeat: true });
  }
}

const runs = (turn) => [...turn.querySelectorAll(".text [data-at]")].filter((run) => run.firstChild);

/** How far into a message's text a point is, in UTF-16 units; -1 where it is elsewhere. */
function depthOf(turn, node, offset) {
  let before = 0;
  for (const run of runs(turn)) {
    if (run.firstChild === node) return before + offset;
    before += run.textContent.length;
  }
  return -1;
}

function pointAt(turn, depth) {
  let left = depth;
  for (const run of runs(turn)) {
    if (left <= run.textContent.length) return [run.firstChild, left];
    left -= run.textContent.length;
  }
  return [turn, 0];
}

/** Put the server's rendering of a message in its place, with its new marks. */
export function replace(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector(".turn");
  const old = document.getElementById(fresh.id);
  if (!old) return;
  const open = [...old.querySelectorAll("details")].map((part) => part.open);
  [...fresh.querySelectorAll("details")].forEach((part, i) => { part.open = part.open || open[i] === true; });
  fresh.toggleAttribute("data-at", old.hasAttribute("data-at"));
  const focused = old.contains(document.activeElement);
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const [from, to] = [depthOf(old, anchorNode, anchorOffset), depthOf(old, focusNode, focusOffset)];
  old.replaceWith(fresh);
  if (focused) fresh.focus({ preventScroll: true });
  // Somebody may be selecting the next words already.
  if (from >= 0 && to >= 0) getSelection().setBaseAndExtent(...pointAt(fresh, from), ...pointAt(fresh, to));
}

/** Links between ratings and passages: show the passage, open the quotation that it stands in, focus the category. */
function onClick(event) {
  const link = event.target.closest?.("a.ref[href^='#']");
  const goal = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!goal) return;
  const quote = goal.closest("details");
  if (quote) quote.open = true;
  const control = goal.matches(".category") && (goal.querySelector(".rate input:checked") ?? goal.querySelector(".rate input:not(:disabled)"));
  if (control) setTimeout(() => control.focus({ preventScroll: true }));
}

export function start() {
  register("down", () => move(1), { repeat: true });
  register("up", () => move(-1), { repeat: true });
  extendByKeys();
  const search = document.querySelector(".queue")?.dataset.search;
  if (search) register("search", () => location.assign(search));
  document.addEventListener("click", onClick);
}
