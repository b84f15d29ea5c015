/**
 * Draws every `<figure data-chart>`: its option comes as JSON from the element that
 * `data-chart` names, so no script stands inside the page. SVG, so that a chart prints sharp.
 */
import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent,
  BarChart,
  GridComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
]);

function optionOf(figure: HTMLElement): EChartsCoreOption {
  const id = figure.dataset["chart"] ?? "";
  const source = document.getElementById(id);
  if (!source) throw new Error(`chart: no element with id "${id}" holds its data`);
  return JSON.parse(source.textContent ?? "") as EChartsCoreOption;
}

/** A tooltip as HTML would need inline styles, which the page's policy forbids: it is drawn. */
function withDrawnTooltip(option: EChartsCoreOption): EChartsCoreOption {
  const { tooltip } = option;
  if (typeof tooltip !== "object") return option;
  return { ...option, tooltip: { ...tooltip, renderMode: "richText" } };
}

function draw(figure: HTMLElement): void {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = init(figure, null, { renderer: "svg" });
  chart.setOption({ animation: !still, ...withDrawnTooltip(optionOf(figure)) });
  new ResizeObserver(() => chart.resize()).observe(figure);
}

document.querySelectorAll<HTMLElement>("figure[data-chart]").forEach(draw);
