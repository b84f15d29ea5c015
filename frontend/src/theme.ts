/** Light or dark: the reader's own choice where there is one, else what the system asks for. */

type Theme = "light" | "dark";
const KEY = "vatra-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

function chosen(): Theme | null {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : null;
}

function show(): void {
  const theme = chosen() ?? (system.matches ? "dark" : "light");
  document.documentElement.dataset["bsTheme"] = theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
    button.setAttribute("aria-pressed", String(theme === "dark"));
  }
}

function toggle(): void {
  const dark = document.documentElement.dataset["bsTheme"] === "dark";
  localStorage.setItem(KEY, dark ? "light" : "dark");
  show();
}

/** Sets the theme now, follows the system, and lets `[data-theme-toggle]` buttons switch it. */
export function startTheme(): void {
  show();
  system.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-theme-toggle]")) toggle();
  });
}
