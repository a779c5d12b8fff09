// What stands between the reviewer and a saved review: said in the panel, and it stays until it is over.

const box = () => document.querySelector("#notice");
let shown = "";

export function show(kind, text, link = null) {
  if (shown === kind + text) return;
  shown = kind + text;
  const banner = document.querySelector(`#banner-${kind}`).content.firstElementChild.cloneNode(true);
  banner.querySelector("p").textContent = text;
  if (link) {
    const anchor = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text, className: "button" });
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(anchor);
    banner.append(actions);
  }
  box().replaceChildren(banner);
  box().scrollIntoView({ block: "nearest" });
}

export function clear() {
  if (!shown) return false;
  shown = "";
  box().replaceChildren();
  return true;
}
