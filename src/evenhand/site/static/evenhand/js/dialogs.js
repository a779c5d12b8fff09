// Dialogs and menus. `data-opens="#id"` opens, `data-do="close"` closes; a press beside a dialog closes it, unless it
// asks something (`data-asks`). An open menu closes when one presses or tabs elsewhere, and on Escape.

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

function onClick(event) {
  const target = event.target;
  if (!(target instanceof Element)) return;
  closeMenus(target.closest("details.menu"));
  const opener = target.closest("[data-opens]");
  if (opener) {
    const dialog = document.querySelector(opener.dataset.opens);
    if (dialog && !dialog.open) dialog.showModal();
    event.preventDefault();
  }
  if (target.closest("[data-do=close]")) {
    target.closest("dialog")?.close();
    target.closest("details.menu")?.removeAttribute("open");
  }
  if (target.matches("dialog:modal:not([data-asks])") && isBeside(target, event)) target.close();
}

function isBeside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

function onKey(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.preventDefault();
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => closeMenus(event.target.closest?.("details.menu")));
}
