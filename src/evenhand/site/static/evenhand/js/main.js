// What every page has. Modules of single pages import what they need from the files beside this one.

import * as dialogs from "./dialogs.js";
import * as keyField from "./key-field.js";
import * as keys from "./keys.js";
import * as rows from "./rows.js";
import * as tableToggle from "./table-toggle.js";
import * as theme from "./theme.js";
import * as trouble from "./trouble.js";

for (const part of [keyField, dialogs, keys, rows, tableToggle, theme, trouble]) part.start();

// On a phone the rooms scroll sideways: the one we are in must be in sight.
document.querySelector(".masthead nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// After a form came back: the first field that needs a look is where one goes on.
document.querySelector("main form[method=post] [aria-invalid=true]")?.focus();

// The chart module brings a library of its own, so it waits until there is a chart.
let charts = false;
function drawCharts() {
  if (charts || !document.querySelector(".chart-spec")) return;
  charts = true;
  import("./chart.js").then((chart) => chart.start());
}
drawCharts();
document.addEventListener("htmx:afterSettle", drawCharts);

// From here on keys work, the page's own modules have run, and htmx answers (it waits for the same event, and was
// there first): what drives a browser waits for this.
document.addEventListener("DOMContentLoaded", () => document.documentElement.toggleAttribute("data-ready", true));
