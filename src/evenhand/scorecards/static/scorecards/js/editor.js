// The editor of a draft. Fields save themselves through htmx; here is what that cannot do: move a category with the
// keyboard, put the focus where work goes on, and tell which field was refused.

import { announce } from "../../evenhand/js/live.js";
import * as keeping from "./keeping.js";

// The field of the last request, and of the last one that was refused: sent again from the notice, it is the same.
let last = null;
let refused = null;

/** Alt with an arrow moves the category that one is in; in a list of choices these keys open it. */
function onKey(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
  const row = event.target.closest?.("tr[data-category]");
  if (!row || event.target.matches("select")) return;
  event.preventDefault();
  const way = event.key === "ArrowUp" ? "up" : "down";
  row.querySelector(`#${way}-${CSS.escape(row.dataset.category)}`).click();
}

/** After the editor was drawn again, work goes on where the server says, else where it was. */
function onSettle() {
  const editor = document.querySelector("#editor[data-focus]");
  if (!editor) return;
  const target = document.getElementById(editor.dataset.focus);
  editor.removeAttribute("data-focus");
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

function onRequest(event) {
  const target = event.detail.requestConfig?.triggeringEvent?.target;
  if (!(target instanceof Element)) return;
  last = target.matches("input, select, textarea") ? target : target.closest("#notice") && refused;
}

function onSaved(event) {
  last?.removeAttribute("aria-invalid");
  announce(event.detail.said);
}

function onRefused() {
  refused = last;
  last?.setAttribute("aria-invalid", "true");
}

keeping.start();
document.addEventListener("keydown", onKey);
document.addEventListener("htmx:afterSettle", onSettle);
document.addEventListener("htmx:beforeRequest", onRequest);
document.addEventListener("scorecard:saved", onSaved);
document.addEventListener("scorecard:refused", onRefused);
