// A transcript by keyboard: J and K go from turn to turn.

import { register } from "../../evenhand/js/keys.js";

const turns = () => [...document.querySelectorAll(".turn")];

function step(by) {
  const all = turns();
  const at = all.findIndex((turn) => turn.hasAttribute("data-at"));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (!next) return;
  all[at]?.removeAttribute("data-at");
  next.setAttribute("data-at", "");
  next.setAttribute("tabindex", "-1");
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

register("down", () => step(1), { repeat: true, when: () => turns().length > 0 });
register("up", () => step(-1), { repeat: true, when: () => turns().length > 0 });
