// A field that takes the key one presses (`<input data-key-field>`): Backspace empties it, Tab and Escape go on.

import { comboOf } from "./combos.js";

const PASSED = new Set(["tab", "shift+tab", "escape", "enter"]);

function onKey(event) {
  const field = event.target;
  if (!(field instanceof Element) || !field.matches("[data-key-field]")) return;
  const combo = comboOf(event);
  if (!combo || PASSED.has(combo)) return;
  event.preventDefault();
  field.value = combo === "backspace" || combo === "delete" ? "" : combo;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export function start() {
  // Before keys.js hears of it: here Ctrl with Enter is a value, not an order.
  document.addEventListener("keydown", onKey, { capture: true });
}
