// Passages: a selection in the transcript becomes code points of one message, attached to the current category.

import { announce } from "../../evenhand/js/live.js";
import { register } from "../../evenhand/js/keys.js";
import { current } from "./sheet.js";
import { say } from "./words.js";

const EXCERPT = 32;
const points = (text) => [...text].length;

/** How much of one run of text a range covers: [from, to) in UTF-16 units. */
function covered(range, run) {
  const text = run.firstChild;
  if (!text || !range.intersectsNode(text)) return null;
  const from = range.startContainer === text ? range.startOffset : 0;
  const to = range.endContainer === text ? range.endOffset : text.length;
  return from < to ? { run, text: text.data, from, to } : null;
}

/** The selection as {turn, version, start, end, words}; an error's name where it is none. */
export function passageOf(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return { error: "selectFirst" };
  const range = selection.getRangeAt(0);
  const parts = [...document.querySelectorAll(".turn .text [data-at]")].map((run) => covered(range, run)).filter(Boolean);
  if (!parts.length) return { error: "selectFirst" };
  const turns = new Set(parts.map((part) => part.run.closest(".turn")));
  if (turns.size > 1) return { error: "oneMessage" };
  const [first, last] = [parts[0], parts.at(-1)];
  const startOf = (part, offset) => Number(part.run.dataset.at) + points(part.text.slice(0, offset));
  // Blanks at the ends of a selection are no part of what it means.
  const head = first.text.slice(first.from, first === last ? last.to : undefined);
  const tail = last.text.slice(first === last ? first.from : 0, last.to);
  const start = startOf(first, first.from) + points(head) - points(head.trimStart());
  const end = startOf(last, last.to) - (points(tail) - points(tail.trimEnd()));
  if (end <= start) return { error: "selectFirst" };
  const [turn] = turns;
  return { turn: turn.dataset.turn, version: turn.dataset.version, start, end, words: parts.map((p) => p.text.slice(p.from, p.to)).join(" ") };
}

function excerpt(words) {
  const short = [...words.trim().replace(/\s+/g, " ")];
  return short.length <= EXCERPT ? short.join("") : `${short.slice(0, EXCERPT - 1).join("").trimEnd()}…`;
}

function attach(category, { turn, version, start, end, words }) {
  const key = category.dataset.category;
  const value = `${turn}:${version}:${start}:${end}`;
  const list = category.querySelector(".passages");
  if (list.querySelector(`input[value="${value}"]`)) return;
  const line = document.createElement("li");
  const input = Object.assign(document.createElement("input"), { type: "hidden", name: `passage.${key}`, value });
  const link = Object.assign(document.createElement("a"), { className: "ref", href: `#e-${key.slice(-12)}-${turn}-${start}-${end}` });
  if (category.querySelector(".rate input:checked[data-low]")) link.dataset.tone = "low";
  const bdi = document.createElement("bdi");
  bdi.textContent = excerpt(words);
  link.append("“", bdi, "”");
  const remove = document.querySelector("#take-away").content.firstElementChild.cloneNode(true);
  remove.setAttribute("aria-label", say("takeAway", { words: excerpt(words) }));
  line.append(input, link, remove);
  list.append(line);
  list.hidden = false;
  changed(category, "attached");
}

function takeAway(button) {
  const category = button.closest(".category");
  const list = button.closest(".passages");
  button.closest("li").remove();
  list.hidden = !list.children.length;
  changed(category, "taken");
  (list.querySelector("button") ?? category.querySelector(".rate input:checked") ?? category.querySelector(".rate input")).focus();
}

function changed(category, word) {
  announce(say(word, { category: category.dataset.name }));
  category.dispatchEvent(new CustomEvent("evidence", { bubbles: true }));
}

/** With words selected: attach them. Without: show what the current category rests on. */
function evidence() {
  const category = current();
  const found = passageOf(getSelection());
  if (!found.error) {
    attach(category, found);
    getSelection().removeAllRanges();
    return;
  }
  const shown = found.error === "selectFirst" && category.querySelector(".passages a");
  if (shown) shown.click();
  else announce(say(found.error));
}

export function start(form) {
  register("evidence", evidence, { when: () => Boolean(current()) });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-passage]");
    if (button) takeAway(button);
  });
}
