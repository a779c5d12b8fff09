// `<button data-copy="#field" data-copied="Copied">` copies what a field holds, or the words of any other element.

import { announce } from "../../evenhand/js/live.js";

async function copy(field) {
  if (field.select) {
    field.focus();
    field.select();
  } else getSelection().selectAllChildren(field);
  // Without HTTPS browsers have no clipboard for pages; the old command still works there.
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value ?? field.textContent.trim()).catch(() => document.execCommand("copy"));
  else document.execCommand("copy");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(document.querySelector(button.dataset.copy));
  button.textContent = button.dataset.copied;
  announce(button.dataset.copied);
});
