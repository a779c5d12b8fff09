// Submit, or say what is missing and go there. The buttons' own keys press them, also while one types.

import * as notice from "./notice.js";
import * as saving from "./saving.js";
import * as sheet from "./sheet.js";
import * as clock from "./clock.js";
import { say } from "./words.js";

let form;
let busy = false;
let confirmed = "";
let changed = false;

async function submit(then) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  await saving.quiet();
  const { data, seconds } = saving.body({ then, confirmed });
  const answer = await saving.post(form.action, data);
  busy = false;
  form.removeAttribute("aria-busy");
  settle(answer, seconds);
}

function settle({ status, said, trouble }, seconds) {
  if (trouble || status >= 400) clock.putBack(seconds);
  if (trouble) {
    notice.show("bad", say(trouble === "signedOut" ? trouble : "notSubmitted"));
  } else if (status === 409) {
    saving.stop();
    notice.show("bad", said.conflict, { href: said.url, text: say("newer") });
  } else if (status === 422) {
    confirmed = said.confirm ? "1" : "";
    notice.show(said.confirm ? "warn" : "bad", said.faults[""] ?? Object.values(said.faults).join(" "));
    sheet.showFaults(said.faults);
  } else {
    saving.stop();
    changed = false;
    location.assign(said.url);
  }
}

export function start(sheetForm) {
  form = sheetForm;
  if (form.dataset.mode !== "draft") saving.startWithoutDrafts(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.submitter?.value ?? "stay");
  });
  for (const name of ["input", "change", "evidence"]) form.addEventListener(name, () => { changed = true; });
  // Another answer is another question: a confirmation holds for what was seen.
  form.addEventListener("change", () => { confirmed = ""; });
  addEventListener("beforeunload", (event) => { if (changed && form.dataset.mode !== "draft") event.preventDefault(); });
  const about = document.querySelector("[data-about]");
  about?.addEventListener("change", () => saving.flushed().then(() => about.requestSubmit()));
}
