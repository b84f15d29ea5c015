/** What the server says about a chart: the numbers of its own drawing, in tonnes. */

export interface Category {
  code: string;
  label: string;
  year?: string;
  sector?: string;
}

export interface Series {
  code: string;
  name: string;
  values: (number | null)[];
  opacity_percent?: number;
  from?: number[];
  to?: number[];
  roles?: string[];
}

export interface Line {
  code: string;
  name: string;
  value: number;
}

export interface ChartData {
  name: string;
  lang: string;
  title: string;
  unit: string;
  categories: Category[];
  series: Series[];
  lines: Line[];
  missing?: string;
  /** Names of the sectors that colour a chart's bars, by code. */
  sectors?: Record<string, string>;
}

/** Numbers as the page's language writes them, with a true minus sign. */
export function writer(lang: string): (value: number) => string {
  const format = new Intl.NumberFormat(lang === "ro" ? "ro-RO" : "en-GB", {
    maximumFractionDigits: 0,
  });
  return (value) => format.format(Math.round(value) + 0).replace("-", "\u2212");
}

export const sum = (values: (number | null | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
