/** Colours of the page's tokens, as they are now: asked for again when the theme changes. */

const SECTORS = new Set(["buildings", "transport", "waste", "industry", "land", "sinks"]);

export interface Colours {
  of: (role: string) => string;
  sector: (code: string) => string;
  on: (role: string) => string;
  font: string;
}

export function colours(): Colours {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const known = new Map<string, string>();
  const of = (role: string): string => {
    let colour = known.get(role);
    if (colour === undefined) {
      probe.style.color = `var(--${role})`;
      colour = getComputedStyle(probe).color;
      known.set(role, colour);
    }
    return colour;
  };
  for (const role of ["ink", "ink-soft", "paper", "rule", "other", ...SECTORS]) of(role);
  for (const role of ["total", "driver-grid", "driver-background", "driver-measures", "increase"]) {
    of(role);
  }
  probe.remove();
  const font = getComputedStyle(document.body).fontFamily;
  return {
    of: (role) => known.get(role) ?? known.get("other") ?? "#74797c",
    sector: (code) => known.get(SECTORS.has(code) ? code : "other") ?? "#74797c",
    on: (role) => readable(known.get(role) ?? "#74797c"),
    font,
  };
}

/** Dark or light words, whichever reads better upon a ground (WCAG 2.2 contrast). */
function readable(ground: string): string {
  const dark = "rgb(21, 25, 28)";
  const light = "rgb(255, 255, 255)";
  return contrast(ground, dark) > contrast(ground, light) ? dark : light;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
