// Sentences that the server has translated, with places for values: "%(category)s has no %(step)s".

const store = () => document.querySelector("#words").dataset;

export function say(name, values = {}) {
  return store()[name].replace(/%\((\w+)\)s/g, (_match, key) => values[key] ?? "");
}
