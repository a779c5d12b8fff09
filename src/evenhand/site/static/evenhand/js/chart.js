// Charts: a Vega-Lite spec, as JSON in `<template class="chart-spec">` inside `<figure class="chart">`,
// is drawn into its `.canvas`. A value such as "--chart-line" stands for that colour of the theme. The bundle is
// loaded only where a chart is on the page; without it the chart's table is opened instead.

import { onTheme } from "./theme.js";

const OPTIONS = { ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
const drawn = new WeakMap();
let bundle = null;

function library() {
  bundle ??= import("../vega/vega-bundle.js").then(() => window.vegaEmbed);
  return bundle;
}

/** The colour that a token has here and now; also for tokens that are formulas until they are used. */
function colourOf(token, probe) {
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}

function coloured(value, probe) {
  if (typeof value === "string") return /^--[\w-]+$/.test(value) ? colourOf(value, probe) : value;
  if (Array.isArray(value)) return value.map((item) => coloured(item, probe));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, coloured(item, probe)]));
}

function look(font) {
  const words = { labelColor: "--chart-text", titleColor: "--chart-text", labelFontSize: 13, titleFontSize: 13, titleFontWeight: "normal" };
  return {
    background: null,
    font,
    view: { stroke: null },
    axis: { ...words, domain: false, ticks: false, gridColor: "--chart-grid", labelPadding: 6 },
    axisX: { grid: false, labelFlush: true },
    legend: { ...words, symbolStrokeColor: "--chart-line" },
    line: { color: "--chart-line", strokeWidth: 2 },
    point: { color: "--chart-line", filled: true, size: 50 },
    area: { color: "--chart-band", line: false },
    bar: { color: "--chart-line" },
    rule: { color: "--chart-ref" },
    text: { color: "--chart-text", fontSize: 13 },
  };
}

async function draw(figure) {
  const canvas = figure.querySelector(".canvas");
  const spec = JSON.parse(figure.querySelector(".chart-spec").content.textContent);
  const embed = await library();
  const probe = canvas.appendChild(document.createElement("span"));
  const config = { ...look(getComputedStyle(figure).fontFamily), ...spec.config };
  const whole = coloured({ width: "container", autosize: { type: "fit", contains: "padding" }, ...spec, config }, probe);
  probe.remove();
  drawn.get(figure)?.finalize();
  drawn.set(figure, await embed(canvas, whole, OPTIONS));
  figure.toggleAttribute("data-drawn", true);
}

function fall(figure, reason) {
  console.error(reason);
  figure.querySelector(".canvas")?.setAttribute("hidden", "");
  figure.querySelector(":scope > details")?.setAttribute("open", "");
}

/** Draw every chart under `root` that has a spec. */
export function mount(root = document) {
  const figures = [...root.querySelectorAll("figure.chart")].filter((figure) => figure.querySelector(".chart-spec"));
  return Promise.all(figures.map((figure) => draw(figure).catch((reason) => fall(figure, reason))));
}

export function start() {
  mount();
  onTheme(() => mount());
  document.addEventListener("htmx:afterSettle", (event) => mount(event.detail.elt.parentElement ?? document));
}
