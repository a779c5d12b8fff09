// The server may draw the editor again while somebody goes on working in it: what they wrote meanwhile, what they
// pressed and where they are outlive that.

const unsent = new Set(); // ids of fields that were written in since their form was last sent
const waiting = new Map(); // the event behind a request that has not gone out -> the id of what was pressed
const places = new WeakMap(); // the event behind a request -> where it left the focus
let kept = null;

const byId = (id) => document.getElementById(id);

function onInput({ target }) {
  if (target.id && target.closest("#editor")) unsent.add(target.id);
}

/** A request is wanted; it may have to wait for the one before. */
function onWanted({ detail }) {
  const event = detail.triggeringEvent;
  if (!event || waiting.has(event) || !detail.elt.closest("#editor")) return;
  waiting.set(event, event.type === "change" ? "" : (event.submitter ?? detail.elt).id);
  // Tab changes a field first, and then moves on.
  setTimeout(() => places.set(event, document.activeElement));
}

function onSent({ detail }) {
  waiting.delete(detail.requestConfig.triggeringEvent);
  const row = detail.elt.dataset.category;
  const form = row ? byId(`form-${row}`) : detail.elt.closest("form");
  for (const id of unsent) if (form && byId(id)?.form === form) unsent.delete(id);
}

function stateOf(id) {
  const field = byId(id);
  return field && { id, value: field.value, checked: field.checked, from: field.selectionStart, to: field.selectionEnd };
}

function onSwapping({ detail }) {
  if (detail.target.id !== "editor" || detail.xhr.getResponseHeader("HX-Reswap") === "none") return;
  const place = places.get(detail.requestConfig.triggeringEvent);
  kept = { fields: [...unsent].map(stateOf).filter(Boolean), moved: place && place !== document.activeElement };
}

function putBack({ id, value, checked, from, to }) {
  const field = byId(id);
  if (!field || (field.value === value && field.checked === checked)) {
    unsent.delete(id);
    return null;
  }
  field.value = value;
  field.checked = checked;
  if (field !== document.activeElement) return field;
  if (from != null) field.setSelectionRange(from, to);
  sendOnLeave(field);
  return null;
}

const send = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

/** A value that a script has set is no change to the browser when the field is left. */
function sendOnLeave(field) {
  const left = () => send(field);
  field.addEventListener("blur", left, { once: true });
  field.addEventListener("change", () => field.removeEventListener("blur", left), { once: true });
}

function onSwapped() {
  if (!kept || kept.left) return;
  kept.left = kept.fields.map(putBack).filter(Boolean);
  if (kept.moved && document.activeElement !== document.body) byId("editor")?.removeAttribute("data-focus");
}

/** The old editor took along what waited in it: fields that were left are sent, buttons pressed, once more. */
function onSettled() {
  if (!kept) return;
  const { left } = kept;
  const pressed = [...waiting.values()].filter(Boolean);
  kept = null;
  waiting.clear();
  left.forEach(send);
  for (const id of pressed) byId(id)?.click();
}

export function start() {
  document.addEventListener("input", onInput);
  document.addEventListener("htmx:confirm", onWanted);
  document.addEventListener("htmx:beforeRequest", onSent);
  document.addEventListener("htmx:beforeSwap", onSwapping);
  document.addEventListener("htmx:afterSwap", onSwapped);
  document.addEventListener("htmx:afterSettle", onSettled);
}
