/**
 * Puts a living chart in the place of each drawing of the server: the same numbers with tooltips.
 *
 * The drawing stays in the page for paper, and where anything here fails. Data comes as JSON from
 * an element beside the figure, so no script stands inside the page.
 */
import { BarChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { colours } from "./colours";
import type { ChartData } from "./data";
import { drawing } from "./options";

use([
  BarChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  SVGRenderer,
  TooltipComponent,
]);

function dataOf(figure: HTMLElement): ChartData | null {
  const source = document.getElementById(figure.dataset["chart"] ?? "");
  return source ? (JSON.parse(source.textContent ?? "") as ChartData) : null;
}

function bring(figure: HTMLElement): void {
  const data = dataOf(figure);
  const drawn = figure.querySelector<HTMLElement>(".picture-drawn");
  if (!data || !drawn) return;
  const place = document.createElement("div");
  place.className = "picture-live";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", data.title);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let chart: ECharts | null = null;

  const draw = (animate: boolean): void => {
    const width = place.clientWidth;
    const next = width ? drawing(data, colours(), width) : null;
    if (!next) return;
    place.style.height = `${next.height}px`;
    chart ??= init(place, null, { renderer: "svg" });
    chart.resize();
    chart.setOption({ animation: animate && !still.matches, ...next.option }, true);
  };

  drawn.before(place);
  draw(true);
  if (!chart) return place.remove();
  figure.classList.add("is-live");
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    draw(false);
  }).observe(place);
  document.addEventListener("vatra:theme", () => draw(false));
}

document.querySelectorAll<HTMLElement>("figure[data-chart]").forEach(bring);
