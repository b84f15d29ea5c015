/** One option per kind of chart, laid out as the server's drawing of the same numbers. */
import type { EChartsCoreOption } from "echarts/core";
import type { Colours } from "./colours";
import { type ChartData, sum, writer } from "./data";

export interface Drawing {
  option: EChartsCoreOption;
  height: number;
}

const NARROW = 560;
const PLOT = 300;
const SIDE = 148;
const SIZE = 13;
const DASH = "path://M0 5h5v2h-5z M8 5h5v2h-5z";

type Draw = (data: ChartData, colour: Colours, width: number) => Drawing;

export function drawing(data: ChartData, colour: Colours, width: number): Drawing | null {
  const draw = KINDS[data.name];
  if (!draw) return null;
  const drawn = draw(data, colour, width);
  const shared = {
    textStyle: { fontFamily: colour.font, color: colour.of("ink"), fontSize: SIZE },
    tooltip: {
      // Drawn, not HTML: HTML would need inline styles, which the page's policy forbids.
      renderMode: "richText",
      confine: true,
      backgroundColor: colour.of("paper"),
      borderColor: colour.of("ink-soft"),
      borderWidth: 1,
      padding: [8, 24, 8, 12],
      textStyle: { color: colour.of("ink"), fontSize: SIZE, fontFamily: colour.font },
      ...(drawn.option["tooltip"] as object),
    },
  };
  return { height: drawn.height, option: { ...drawn.option, ...shared } };
}

/** Distance of a total above its column, in pixels, that keeps it off every level line. */
const clearOf = (height: number, lines: number[]): number =>
  [...lines]
    .sort((a, b) => a - b)
    .reduce((distance, line) => {
      const gap = line - height;
      return gap >= distance - 4 && gap <= distance + 13 ? gap + 5 : distance;
    }, 6);

const quietAxis = (colour: Colours, strong: boolean) => ({
  axisTick: { show: false },
  axisLine: { show: strong, lineStyle: { color: colour.of("ink-soft") } },
  splitLine: { show: false },
});

/** Stages side by side, sectors upon each other; sector names stand at the first column. */
const columns: Draw = (data, colour, width) => {
  const write = writer(data.lang);
  const narrow = width < NARROW;
  const left = narrow ? 16 : SIDE;
  const right = narrow ? 16 : 176;
  const step = (width - left - right) / data.categories.length;
  const bar = step * (narrow ? 0.7 : 0.62);
  const totals = data.categories.map((_, place) => sum(data.series.map((s) => s.values[place])));
  const highest = Math.max(...totals, ...data.lines.map((line) => line.value), 1);
  const scale = PLOT / highest;
  const levels = [...data.lines].sort((a, b) => b.value - a.value);
  const legend = data.series.length + data.lines.length;
  return {
    height: 34 + PLOT + 62 + (narrow ? legend * 20 + 8 : 0),
    option: {
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "none" },
        formatter: (points: { dataIndex: number }[]) => {
          const place = points[0]?.dataIndex ?? 0;
          const stage = data.categories[place];
          const parts = data.series.map((s) => `${s.name}: ${write(s.values[place] ?? 0)} t`);
          return [`${stage?.year ?? ""} ${stage?.label ?? ""}`.trim(), ...parts].join("\n");
        },
      },
      grid: { left, right, top: 34, height: PLOT },
      xAxis: {
        type: "category",
        data: data.categories.map((each) => each.code),
        ...quietAxis(colour, true),
        axisLabel: {
          interval: 0,
          margin: 12,
          formatter: (code: string) => {
            const stage = data.categories.find((each) => each.code === code);
            return `{year|${stage?.year ?? ""}}\n{words|${stage?.label ?? ""}}`;
          },
          rich: {
            year: { color: colour.of("ink"), fontSize: 14, fontWeight: 600, lineHeight: 20 },
            words: { color: colour.of("ink-soft"), fontSize: 12, lineHeight: 16 },
          },
        },
      },
      yAxis: { type: "value", show: false, max: highest, min: 0 },
      ...(narrow ? { legend: legendUnder(data, colour, 34 + PLOT + 58) } : {}),
      series: [
        ...data.series.map((series) => ({
          type: "bar",
          name: series.name,
          stack: "all",
          barWidth: bar,
          itemStyle: {
            color: colour.sector(series.code),
            borderColor: colour.of("paper"),
            borderWidth: 0.5,
          },
          emphasis: { disabled: true },
          data: series.values.map((value) => ({
            value,
            label: {
              show: (value ?? 0) * scale >= 18,
              color: colour.on(series.code),
              fontSize: 12,
              formatter: write(value ?? 0),
            },
          })),
        })),
        {
          type: "bar",
          name: "",
          stack: "all",
          barWidth: bar,
          silent: true,
          data: totals.map((total, place) => ({
            value: 0,
            total,
            // Lifted over a line that would run through it.
            label: {
              distance: place ? clearOf(total * scale, levels.map((line) => line.value * scale)) : 6,
            },
          })),
          label: {
            show: true,
            position: "top",
            distance: 6,
            color: colour.of("ink"),
            fontSize: 13,
            fontWeight: 600,
            // A rim of ground keeps the words readable over the lines.
            textBorderColor: colour.of("paper"),
            textBorderWidth: 4,
            formatter: (point: { dataIndex: number }) => `${write(totals[point.dataIndex] ?? 0)} t`,
          },
          markLine: {
            silent: true,
            symbol: "none",
            data: levels.map((line, place) => [
              {
                // From the second column on: the promise is not about the base year.
                x: narrow ? left : left + step + (step - bar) / 2 - 6,
                yAxis: line.value,
                lineStyle: {
                color: colour.of(line.code === "target" ? "ink" : "ink-soft"),
                type: line.code === "target" ? [6, 4] : [2, 3],
                width: 1.5,
              },
              label: {
                show: !narrow,
                position: "end",
                distance: 8,
                color: colour.of(line.code === "target" ? "ink" : "ink-soft"),
                fontSize: 12,
                fontWeight: line.code === "target" ? 600 : 400,
                formatter: line.name.replace(": ", "\n"),
                lineHeight: 15,
                // The upper words stand above their line, the lower ones hang from theirs.
                verticalAlign: place === 0 ? "bottom" : "top",
                },
              },
              { x: width - right, yAxis: line.value },
            ]),
          },
          ...(narrow ? {} : { markPoint: sectorNames(data, colour, scale, bar) }),
        },
        // Bars without data, there to name the lines in the legend of a phone.
        ...(narrow ? data.lines : []).map((line) => ({
          type: "bar",
          name: line.name,
          stack: "all",
          silent: true,
          itemStyle: { color: colour.of(line.code === "target" ? "ink" : "ink-soft") },
          data: [],
        })),
      ],
    },
  };
};

/** Names beside the first column, pushed apart where its parts are thin. */
function sectorNames(data: ChartData, colour: Colours, scale: number, bar: number): object {
  const first = data.categories[0]?.code ?? "";
  let below = 0;
  let placed = Number.NEGATIVE_INFINITY;
  const points = data.series
    .filter((series) => (series.values[0] ?? 0) > 0)
    .map((series) => {
      const value = series.values[0] ?? 0;
      const middle = (below + value / 2) * scale;
      below += value;
      placed = Math.max(middle, placed + 17);
      return {
        coord: [first, middle / scale],
        symbol: "circle",
        symbolSize: 0.01,
        label: {
          show: true,
          position: "left",
          distance: bar / 2 + 12,
          offset: [0, middle - placed],
          formatter: series.name,
          color: colour.of("ink"),
          fontSize: 12,
        },
      };
    });
  return { silent: true, data: points };
}

function legendUnder(data: ChartData, colour: Colours, top: number): object {
  return {
    top,
    left: 10,
    orient: "vertical",
    itemWidth: 12,
    itemHeight: 12,
    itemGap: 7,
    selectedMode: false,
    data: [
      ...data.series.map((series) => ({ name: series.name })),
      ...data.lines.map((line) => ({ name: line.name, icon: DASH })),
    ],
    textStyle: { color: colour.of("ink"), fontSize: 12 },
  };
}

/** Sectors or measures below each other, each with its amount at the end of its bar. */
const bars: Draw = (data, colour, width) => {
  const write = writer(data.lang);
  const narrow = width < NARROW;
  const single = data.series.length === 1;
  const names = data.categories.map((each) => (single ? `${each.code} ${each.label}` : each.label));
  const totals = data.categories.map((_, place) => sum(data.series.map((s) => s.values[place])));
  const row = single ? (narrow ? 44 : 22) : narrow ? 52 : 44;
  const thick = single ? 15 : 24;
  const left = narrow ? 12 : single ? 292 : SIDE;
  const sectors = Object.entries(data.sectors ?? {});
  const keys = single ? sectors.length : data.series.length;
  const top = 8 + (narrow ? keys * 20 : keys > 0 ? 30 : 0) + (narrow ? 14 : 0);
  const whole = sum(totals);
  const sectorOf = (place: number): string =>
    data.categories[place]?.sector ?? data.categories[place]?.code ?? "";
  const unknown = (place: number): boolean =>
    data.series.every((series) => series.values[place] === null);
  return {
    height: top + data.categories.length * row + 8,
    option: {
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "none" },
        formatter: (points: { dataIndex: number }[]) => {
          const place = points[0]?.dataIndex ?? 0;
          const parts = data.series
            .filter((series) => series.values[place] !== null)
            .map((series) => `${series.name}: ${write(series.values[place] ?? 0)} t`);
          return [names[place], ...(parts.length ? parts : [data.missing ?? ""])].join("\n");
        },
      },
      legend: {
        top: 0,
        left: narrow ? 4 : single ? left - 6 : 0,
        orient: narrow ? "vertical" : "horizontal",
        itemWidth: 12,
        itemHeight: 12,
        itemGap: narrow ? 7 : 18,
        selectedMode: false,
        textStyle: { color: colour.of("ink-soft"), fontSize: 12 },
        data: single ? sectors.map(([, name]) => name) : data.series.map((series) => series.name),
      },
      grid: { left, right: narrow ? 96 : 132, top, bottom: 8 },
      yAxis: {
        type: "category",
        inverse: true,
        data: names,
        ...quietAxis(colour, false),
        axisLabel: {
          color: colour.of("ink"),
          fontSize: 13,
          interval: 0,
          margin: 10,
          ...(narrow
            ? { align: "left", verticalAlign: "bottom", margin: 0, padding: [0, 0, thick / 2 + 4, 0] }
            : {}),
        },
      },
      xAxis: { type: "value", show: false, min: 0, max: Math.max(...totals, 1) },
      series: [
        ...data.series.map((series) => ({
          type: "bar",
          name: series.name,
          stack: "all",
          barWidth: thick,
          // The colour of the legend's mark; each bar wears its sector's.
          itemStyle: { color: colour.of("ink-soft"), opacity: (series.opacity_percent ?? 100) / 100 },
          emphasis: { disabled: true },
          data: series.values.map((value, place) => ({
            value: value ?? 0,
            itemStyle: {
              color: colour.sector(sectorOf(place)),
              opacity: (series.opacity_percent ?? 100) / 100,
            },
          })),
        })),
        {
          type: "bar",
          name: "",
          stack: "all",
          barWidth: thick,
          silent: true,
          data: totals.map(() => 0),
          label: {
            show: true,
            position: "right",
            distance: 6,
            fontSize: 13,
            formatter: (point: { dataIndex: number }) =>
              unknown(point.dataIndex)
                ? `{missing|${data.missing ?? ""}}`
                : `{amount|${write(totals[point.dataIndex] ?? 0)} t}` +
                  (single ? "" : ` {missing|${percent(data.lang, totals[point.dataIndex] ?? 0, whole)}}`),
            rich: {
              amount: { color: colour.of("ink"), fontWeight: 600, fontSize: 13 },
              missing: { color: colour.of("ink-soft"), fontSize: 12 },
            },
          },
        },
        // Bars without data, there to be named in the legend.
        ...(single
          ? sectors.map(([code, name]) => ({
              type: "bar",
              name,
              stack: "all",
              silent: true,
              itemStyle: { color: colour.sector(code) },
              data: [],
            }))
          : []),
      ],
    },
  };
};

const percent = (lang: string, part: number, whole: number): string =>
  new Intl.NumberFormat(lang === "ro" ? "ro-RO" : "en-GB", { style: "percent" })
    .format(whole ? part / whole : 0)
    .replace("-", "\u2212");

/** From the base year down to the residual, one driver after the other. */
const waterfall: Draw = (data, colour, width) => {
  const write = writer(data.lang);
  const narrow = width < NARROW;
  const size = narrow ? 11 : 13;
  const series = data.series[0];
  const from = series?.from ?? [];
  const to = series?.to ?? [];
  const values = series?.values ?? [];
  const roles = series?.roles ?? [];
  const low = data.categories.map((_, place) => Math.min(from[place] ?? 0, to[place] ?? 0));
  const high = data.categories.map((_, place) => Math.max(from[place] ?? 0, to[place] ?? 0));
  const isEnd = (place: number): boolean => roles[place] === "total";
  const cut = (to[0] ?? 0) - (to.at(-1) ?? 0);
  const words = (place: number): string => {
    const value = values[place] ?? 0;
    return `${!isEnd(place) && value > 0 ? "+" : ""}${write(value)} t`;
  };
  const share = (place: number): string => percent(data.lang, -(values[place] ?? 0), cut);
  const floor = Math.min(...low, 0);
  return {
    height: 44 + PLOT + 40,
    option: {
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "none" },
        formatter: (points: { dataIndex: number }[]) => {
          const place = points[0]?.dataIndex ?? 0;
          const name = data.categories[place]?.label ?? "";
          return `${name}: ${words(place)}${isEnd(place) ? "" : ` (${share(place)})`}`;
        },
      },
      grid: { left: 12, right: 12, top: 44, height: PLOT },
      xAxis: {
        type: "category",
        data: data.categories.map((each) => each.label),
        ...quietAxis(colour, true),
        axisLabel: {
          color: colour.of("ink"),
          interval: 0,
          fontSize: size,
          lineHeight: Math.round(size * 1.35),
          margin: 12,
          width: (width - 24) / Math.max(data.categories.length, 1) - 6,
          overflow: "break",
        },
      },
      yAxis: { type: "value", show: false, min: floor, max: Math.max(...high, 1) },
      series: [
        {
          type: "bar",
          stack: "all",
          silent: true,
          barWidth: "66%",
          itemStyle: { color: "transparent" },
          data: low,
        },
        {
          type: "bar",
          stack: "all",
          barWidth: "66%",
          name: series?.name ?? "",
          emphasis: { disabled: true },
          data: high.map((value, place) => ({
            value: value - (low[place] ?? 0),
            itemStyle: { color: colour.of(roles[place] ?? "other") },
          })),
          label: {
            show: true,
            position: "top",
            distance: 5,
            formatter: (point: { dataIndex: number }) =>
              isEnd(point.dataIndex)
                ? `{amount|${words(point.dataIndex)}}`
                : `{amount|${words(point.dataIndex)}}\n{share|${share(point.dataIndex)}}`,
            rich: {
              amount: { color: colour.of("ink"), fontWeight: 600, fontSize: size, lineHeight: 16 },
              share: { color: colour.of("ink-soft"), fontSize: size - 1, lineHeight: 15 },
            },
          },
        },
      ],
    },
  };
};

const KINDS: Record<string, Draw> = {
  pathway: columns,
  sectors_scopes: bars,
  measures: bars,
  split_in_order: waterfall,
  split_symmetric: waterfall,
};
