// Guess the time zone from the browser where none has been chosen yet.

const field = document.querySelector("input[data-zone]");
const known = new Set([...document.querySelectorAll("#zones option")].map((option) => option.value));
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (field && field.value === "" && known.has(here)) field.value = here;
