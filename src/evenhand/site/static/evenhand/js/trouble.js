// A request that fails says so where the page begins, in words that the server has translated, and stays until it is
// closed. Nothing that was written is taken from the page.

const box = () => document.querySelector("#trouble");

function words(status) {
  const { lost, refused, missing, broken } = box().dataset;
  if (!status) return lost;
  return { 401: refused, 403: refused, 404: missing }[status] ?? broken;
}

export function tell(text) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = box().dataset.close;
  close.addEventListener("click", clear);
  const line = document.createElement("p");
  line.textContent = text;
  box().replaceChildren(line, close);
}

export function clear() {
  box()?.replaceChildren();
}

export function start() {
  document.addEventListener("htmx:sendError", () => tell(words(0)));
  document.addEventListener("htmx:timeout", () => tell(words(0)));
  document.addEventListener("htmx:responseError", (event) => tell(words(event.detail.xhr.status)));
  document.addEventListener("htmx:afterSwap", clear);
}
