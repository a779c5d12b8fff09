// The rows of the panel: one current category, which digits rate and arrows leave.

import { announce } from "../../evenhand/js/live.js";
import { register } from "../../evenhand/js/keys.js";
import { say } from "./words.js";

let form;
let categories = [];
let at = 0;

const isRated = (category) => category.querySelector(".rate input:checked") !== null;
export const current = () => categories[at];
export const ratedCount = () => categories.filter(isRated).length;

function setCurrent(index) {
  at = index;
  categories.forEach((category, i) => category.toggleAttribute("data-current", i === index));
}

/** Focus a category; beyond the last one comes the comment. */
export function go(index) {
  if (index < 0) return;
  if (index >= categories.length) {
    document.querySelector("#comment").focus();
    return;
  }
  const category = categories[index];
  const input = category.querySelector(".rate input:checked") ?? category.querySelector(".rate input");
  input.focus({ preventScroll: true });
  setCurrent(index);
  category.scrollIntoView({ block: "nearest" });
}

export function goTo(category) {
  go(categories.indexOf(category));
}

function rate(selector, refusal) {
  const category = current();
  const input = category?.querySelector(selector);
  if (!input) {
    if (category) announce(refusal(category));
    return;
  }
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  go(at + 1);
}

const rateStep = (step) => rate(`[data-step="${step}"]`, (c) => say("noStep", { category: c.dataset.name, step }));
const rateNa = () => rate(".na input", (c) => say("noNa", { category: c.dataset.name }));

/** What the chosen answer is, in the words and figures that the server wrote beside each answer. */
function tell(category) {
  const input = category.querySelector(".rate input:checked");
  const outcome = category.querySelector(".outcome");
  const words = outcome.querySelector("[data-outcome]");
  const low = "low" in input.dataset;
  outcome.classList.toggle("low", low);
  for (const link of category.querySelectorAll(".passages .ref")) link.dataset.tone = low ? "low" : "";
  if (input.value === "na") {
    words.textContent = say("notApplicable");
  } else {
    const figure = document.createElement("b");
    figure.textContent = input.dataset.percent;
    words.replaceChildren(input.parentElement.querySelector(".word").textContent, " ", figure, low ? ` ${say("low")}` : "");
  }
  const causes = category.querySelector(".causes");
  if (causes) causes.hidden = !("asks" in input.dataset);
}

function onChange(event) {
  const category = event.target.closest(".category");
  if (!category || !event.target.matches(".rate input")) return;
  clearFault(category);
  tell(category);
  const { name, steps } = category.dataset;
  const { step } = event.target.dataset;
  const values = { category: name, step, steps, rated: ratedCount(), all: categories.length };
  announce(say(step ? "rated" : "na", values));
  for (const node of document.querySelectorAll("[data-shows=rated]")) node.textContent = values.rated;
}

function clearFault(category) {
  delete category.dataset.fault;
  category.querySelector(".fault")?.remove();
}

/** Root causes of the current category, else of the last one above that asks for some. */
function causes() {
  const asking = categories.filter((c) => c.querySelector(".causes:not([hidden])"));
  const best = asking.includes(current()) ? current() : asking.filter((c) => categories.indexOf(c) < at).pop();
  if (!best) {
    announce(say("noCauses", { category: current()?.dataset.name }));
    return;
  }
  setCurrent(categories.indexOf(best));
  best.querySelector(".causes input").focus();
  best.scrollIntoView({ block: "nearest" });
}

function back() {
  const active = document.activeElement;
  if (form.contains(active) && !active.matches(".rate input")) {
    go(Math.min(at, categories.length - 1));
    return true;
  }
  const chosen = getSelection();
  if (chosen.isCollapsed) return false;
  chosen.removeAllRanges();
  return true;
}

/** Say at each category what keeps the review from being taken, and go to the first. */
export function showFaults(faults) {
  const wrong = categories.filter((category) => faults[category.dataset.category]);
  for (const category of wrong) {
    clearFault(category);
    const line = document.createElement("p");
    line.className = "more fault";
    line.textContent = faults[category.dataset.category];
    category.dataset.fault = "";
    category.querySelector(".rate").after(line);
  }
  if (wrong.length) goTo(wrong[0]);
}

export function start(sheetForm) {
  form = sheetForm;
  categories = [...form.querySelectorAll(".category")];
  const open = categories.findIndex((category) => !isRated(category));
  setCurrent(Math.max(open, 0));
  categories.forEach((category, index) => category.addEventListener("focusin", () => setCurrent(index)));
  form.addEventListener("change", onChange);
  for (let step = 1; step <= 9; step += 1) register(`rate-${step}`, () => rateStep(step), { key: String(step) });
  register("rate-na", rateNa);
  register("category-next", () => go(at + 1), { repeat: true });
  register("category-previous", () => go(document.activeElement?.id === "comment" ? categories.length - 1 : at - 1), { repeat: true });
  register("comment", () => document.querySelector("#comment").focus());
  register("causes", causes);
  register("back", back);
}
