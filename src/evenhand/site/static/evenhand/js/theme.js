// The theme: the system's, light or dark. The form works by itself; here it changes the page without loading it again.

import { announce } from "./live.js";

const ORDER = ["", "light", "dark"];
const root = document.documentElement;

/** Call back after every change of theme, also when the system changes its own. */
export function onTheme(callback) {
  root.addEventListener("evenhand:theme", callback);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}

function following(theme) {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
}

export function apply(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  root.dispatchEvent(new Event("evenhand:theme"));
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-theme-form]")) return;
  event.preventDefault();
  const button = form.querySelector("[data-do=theme]");
  const names = JSON.parse(form.dataset.names);
  const theme = following(root.dataset.theme ?? "");
  const body = new FormData(form);
  body.set("theme", theme);
  apply(theme);
  button.value = following(theme);
  button.querySelector("span").textContent = names[theme];
  announce(button.textContent.trim());
  if (form.getAttribute("action")) fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
}

export function start() {
  document.addEventListener("submit", onSubmit);
}
