// Every chart has its table one key away: T opens the table of the chart that has focus, else of the first in view.

import { announce } from "./live.js";
import { register } from "./keys.js";

const tables = () => [...document.querySelectorAll(".chart > details")];

function inView(element) {
  const box = element.parentElement.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

function nearest() {
  const focused = document.activeElement?.closest(".chart")?.querySelector(":scope > details");
  return focused ?? tables().find(inView) ?? tables()[0];
}

export function toggle() {
  const details = nearest();
  if (!details) return;
  details.open = !details.open;
  const summary = details.querySelector("summary");
  summary.focus();
  const words = summary.querySelector(details.open ? ".when-open" : ".when-closed");
  announce((words ?? summary).textContent);
}

export function start() {
  register("table", toggle, { when: () => tables().length > 0 });
}
