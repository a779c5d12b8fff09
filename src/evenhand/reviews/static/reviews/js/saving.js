// Every change goes to the server a moment later; a tab that closes sends what is left. A save that fails is said, and
// sent again with everything that came after it, until it arrives.

import { announce } from "../../evenhand/js/live.js";
import * as clock from "./clock.js";
import * as notice from "./notice.js";
import * as turns from "./turns.js";
import { say } from "./words.js";

const PAUSE = 300;
const RETRY = [1000, 2000, 4000, 8000];
const MOST_KEPT_ALIVE = 60_000;

let form;
let number = 0;
let turn = 0;
let dirty = false;
let stopped = false;
let failures = 0;
let timer = 0;
let running = null;

/** The form as the server wants it, as the next turn of this tab. */
export function body(extra = {}) {
  const data = new URLSearchParams(new FormData(form));
  turn += 1;
  const seconds = clock.take();
  for (const [key, value] of Object.entries({ ...extra, number, tab: form.dataset.tab, turn, seconds })) data.set(key, value);
  return { data, seconds };
}

/** Ask the server; `gone` where it did not answer, `signedOut` where it answered with another page. */
export async function post(url, data, keepalive = false) {
  const text = data.toString();
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: text, keepalive: keepalive && text.length < MOST_KEPT_ALIVE });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) return { trouble: answer.redirected || answer.status === 403 ? "signedOut" : "broken" };
    return { status: answer.status, said: await answer.json() };
  } catch {
    return { trouble: "offline" };
  }
}

function shows(name, write) {
  for (const node of document.querySelectorAll(`[data-shows=${name}]`)) write(node);
}

function take(said) {
  number = Math.max(number, said.number);
  form.elements.number.value = number;
  document.querySelector("#saved").textContent = said.saved;
  shows("score", (node) => { node.textContent = said.score; });
  shows("failed", (node) => { node.hidden = !said.failed; });
  for (const html of Object.values(said.turns ?? {})) turns.replace(html);
}

function settle({ status, said, trouble }, seconds) {
  if (trouble) {
    clock.putBack(seconds);
    dirty = true;
    failures += 1;
    notice.show("bad", say(trouble));
    schedule(RETRY[Math.min(failures - 1, RETRY.length - 1)]);
  } else if (status === 409) {
    stop();
    notice.show("bad", said.conflict, { href: location.href, text: say("newer") });
  } else if (status === 422) {
    failures = 0;
    notice.show("bad", Object.values(said.faults).join(" "));
  } else {
    failures = 0;
    take(said);
    if (notice.clear()) announce(say("back"));
  }
}

async function save(keepalive) {
  dirty = false;
  clearTimeout(timer);
  const { data, seconds } = body();
  settle(await post(form.dataset.draft, data, keepalive), seconds);
}

async function flush() {
  if (running || stopped || !dirty) return running;
  running = save(false).finally(() => {
    running = null;
    if (dirty && !failures) schedule(PAUSE);
  });
  return running;
}

function schedule(after) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(flush, after);
}

function onInput() {
  dirty = true;
  failures = 0;
  schedule(PAUSE);
}

/** Before the page goes: what is not saved yet, and the time spent, if there is a draft to add it to. */
function onLeave() {
  if (stopped || document.visibilityState !== "hidden") return;
  if (dirty || running || number) save(true);
}

/** No more saves: the review was submitted, or another tab has it. */
export function stop() {
  stopped = true;
  clearTimeout(timer);
}

/** Save what is not saved yet, and wait until it has arrived: what follows shows it. */
export async function flushed() {
  await quiet();
  if (dirty && !stopped) await save(false);
}

/** Wait for the save that is on its way, so that it cannot arrive after what follows. */
export async function quiet() {
  clearTimeout(timer);
  await running;
}

export function start(sheetForm) {
  form = sheetForm;
  number = Number(form.dataset.number);
  for (const name of ["input", "change", "evidence"]) form.addEventListener(name, onInput);
  form.addEventListener("evidence", () => schedule(0));
  document.addEventListener("visibilitychange", onLeave);
  addEventListener("pagehide", () => { if (dirty && !stopped) save(true); });
  // Back by the browser's history: the page may be older than the draft.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("online", () => { if (dirty) schedule(0); });
}

export function startWithoutDrafts(sheetForm) {
  form = sheetForm;
  number = Number(form.dataset.number);
  stopped = true;
}
