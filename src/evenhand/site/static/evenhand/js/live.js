// The live region: what a screen reader is told of what changed elsewhere on the page.

let turn = 0;

export function announce(text) {
  const region = document.querySelector("#live");
  if (!region) return;
  // The same words twice would be no change, and go unsaid.
  turn = 1 - turn;
  region.textContent = turn ? `${text}\u00a0` : text;
}
