// The review page: rate by keyboard, attach passages, save every change, submit.

import * as clock from "./clock.js";
import * as evidence from "./evidence.js";
import * as saving from "./saving.js";
import * as sheet from "./sheet.js";
import * as submitting from "./submitting.js";
import * as turns from "./turns.js";

const form = document.querySelector("#sheet");
turns.start();
if (form) {
  clock.start();
  sheet.start(form);
  evidence.start(form);
  if (form.dataset.mode === "draft") saving.start(form);
  submitting.start(form);
}
