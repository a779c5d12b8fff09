// Keys: a register of named actions. A name has a key at first (`#keymap`), which a person may change or take away
// (`#shortcuts`), and something that happens: a function registered here, or an element with `data-shortcut="name"`,
// which is pressed (buttons, links) or focused (fields). Elements are looked up when the key is pressed, so whatever
// htmx swaps in or out needs no word from anybody.
//
//   register("rate-na", () => rate("na"));
//   register("down", move, { repeat: true, when: () => rows.length > 0 });
//   <button data-shortcut="submit">, <input data-shortcut="search" data-key="/">
//
// Never load this file by a script tag of its own: import it (from "evenhand/js/keys.js", by a relative path), so that
// there is one register.

import { comboOf, isCharacter, keepsKey, typesIn } from "./combos.js";

const WAIT = 1500;
const actions = new Map();
let begun = "";
let timer = 0;

const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");
let first = null;
let chosen = null;

/** The key of an action for this person, or "" where it has none. */
export function keyOf(name, fallback = "") {
  first ??= read("keymap");
  chosen ??= read("shortcuts");
  const key = chosen[name] ?? (fallback || first[name]) ?? "";
  return chosen.off && isCharacter(key) ? "" : key;
}

/** Take new choices without loading the page again: `{off: true}`, `{submit: "z"}`. */
export function choose(shortcuts) {
  chosen = shortcuts;
}

/**
 * Let a name do something. `run(event)` may return false to leave the key to the browser.
 * Options: key (if the map has none), when (a test), repeat (also while the key is held down).
 * Returns a function that takes the action back.
 */
export function register(name, run, { key = "", when = () => true, repeat = false } = {}) {
  const action = { name, run, key, when, repeat };
  actions.set(name, [...(actions.get(name) ?? []), action]);
  return () => actions.set(name, actions.get(name).filter((other) => other !== action));
}

/** The pages of other rooms are not shown, and their keys lead there from everywhere. */
function usable(element, root) {
  const there = element.checkVisibility() || element.closest("nav.within") !== null;
  return root.contains(element) && !element.matches(":disabled, [aria-disabled=true]") && there;
}

function press(element) {
  if (!element.matches("input, select, textarea") || element.matches("[type=checkbox], [type=radio], [type=submit]")) {
    element.click();
    return;
  }
  element.focus();
  element.select?.();
}

/** Everything that could happen now, with its key; inside an open dialog only what the dialog holds. */
function* candidates() {
  const dialog = document.querySelector("dialog:modal");
  const root = dialog ?? document.body;
  if (!dialog) {
    for (const action of [...actions.values()].flat()) {
      const key = keyOf(action.name, action.key);
      if (key && action.when()) yield { key, repeat: action.repeat, run: action.run };
    }
  }
  for (const element of root.querySelectorAll("[data-shortcut]")) {
    const key = keyOf(element.dataset.shortcut, element.dataset.key);
    if (key && usable(element, root)) yield { key, repeat: false, run: () => press(element) };
  }
}

function forget() {
  clearTimeout(timer);
  begun = "";
}

function allowed(event, combo) {
  if (combo === "escape" || combo.startsWith("mod+")) return true;
  return !typesIn(event.target) && !keepsKey(event.target, combo);
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  if (!combo || !allowed(event, combo)) return;
  const sequence = begun ? `${begun} ${combo}` : combo;
  const possible = [...candidates()];
  const found = possible.find((candidate) => candidate.key === sequence);
  const leads = !found && possible.some((candidate) => candidate.key.startsWith(`${sequence} `));
  const wasBegun = begun !== "";
  forget();
  if (leads && !event.repeat) {
    begun = sequence;
    timer = setTimeout(forget, WAIT);
    event.preventDefault();
  } else if (found && (!event.repeat || found.repeat)) {
    if (found.run(event) !== false) event.preventDefault();
  } else if (!found && !wasBegun && combo === "escape") {
    leave(event.target);
  }
}

/** Escape out of a field gives the single keys back. */
function leave(element) {
  const full = element.type === "search" && element.value !== "";
  if (typesIn(element) && !full && !element.closest("dialog")) element.blur();
}

export function start() {
  document.addEventListener("keydown", onKey);
}
