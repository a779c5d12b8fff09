// What was pressed, as one small word: "s", "?", "arrowdown", "mod+enter" (Ctrl or Command), "alt+arrowup".

const BARE = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"]);

/** Cyrillic, Arabic or Greek keyboards: the letter that stands in the same place on a Latin one. */
function latin(event) {
  const { key, code } = event;
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key;
  const letter = /^Key([A-Z])$/.exec(code);
  const digit = /^Digit([0-9])$/.exec(code);
  return letter?.[1] ?? (digit && !event.shiftKey ? digit[1] : key);
}

export function comboOf(event) {
  if (BARE.has(event.key)) return "";
  const key = latin(event);
  const word = key === " " ? "space" : key.toLowerCase();
  // AltGr reaches signs on many keyboards, and looks like Ctrl with Alt.
  const writing = event.getModifierState("AltGraph");
  const mod = (event.ctrlKey || event.metaKey) && !writing ? "mod+" : "";
  const alt = event.altKey && !writing ? "alt+" : "";
  // Shift is part of a sign such as "?", but says something of its own with letters and named keys.
  const shift = event.shiftKey && (word.length > 1 || /\p{L}/u.test(word)) ? "shift+" : "";
  return mod + alt + shift + word;
}

/** Letters, digits and signs without Ctrl or Alt, also one after the other. */
export const isCharacter = (key) => key !== "" && key.split(" ").every((step) => step.length === 1);

const SILENT = "[type=radio], [type=checkbox], [type=range], [type=button], [type=submit], [type=reset], [type=color], [type=file]";

/** Does a letter pressed here belong to the field? */
export function typesIn(element) {
  if (!(element instanceof Element)) return false;
  if (element.closest("[contenteditable]:not([contenteditable=false])")) return true;
  return element.matches("textarea, select, input") && !element.matches(SILENT);
}

/** Does the control itself answer to this key? A slider keeps its arrows, a button its Enter. */
export function keepsKey(element, combo) {
  if (!(element instanceof Element)) return false;
  if (combo === "enter") return element.matches("a[href], button, summary, [type=submit], [type=file], [type=button]");
  if (combo === "space") return element.matches("button, summary, input");
  if (element.matches("[type=range]")) return /^(arrow|home|end|page)/.test(combo);
  return false;
}
