// Active time: it runs while the page is seen and the person does something, and stops 30 seconds after the last sign
// of life. What the server was told is taken off; what did not arrive is put back.

const IDLE = 30_000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "touchstart"];
let alive = performance.now();
let ticked = performance.now();
let unsent = 0;
let total = 0;

function written(seconds) {
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function tick() {
  const now = performance.now();
  const active = document.visibilityState === "visible" && now - alive < IDLE;
  // A machine that slept makes one long tick: it counts as a short one.
  const passed = active ? Math.min(now - ticked, 2000) / 1000 : 0;
  ticked = now;
  unsent += passed;
  total += passed;
  document.querySelector("#clock")?.replaceChildren(written(Math.floor(total)));
}

export function take() {
  const seconds = Math.floor(unsent);
  unsent -= seconds;
  return seconds;
}

export function putBack(seconds) {
  unsent += seconds;
}

export function start() {
  total = Number(document.querySelector("#clock")?.dataset.seconds ?? 0);
  for (const sign of SIGNS) addEventListener(sign, () => { alive = performance.now(); }, { capture: true, passive: true });
  setInterval(tick, 1000);
}
