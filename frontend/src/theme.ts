/**
 * Light or dark: the reader's own choice where there is one, else what the system asks for.
 *
 * Loaded as a plain script in the head, before anything is drawn, so that no page flashes in the
 * other theme. It therefore imports nothing, and keeps its names to itself.
 */
{
  type Theme = "light" | "dark";
  const KEY = "vatra-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  const chosen = (): Theme | null => {
    try {
      const value = localStorage.getItem(KEY);
      return value === "light" || value === "dark" ? value : null;
    } catch {
      return null; // storage may be closed to this page: then the system decides
    }
  };

  const show = (): void => {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    root.dataset["bsTheme"] = theme;
    for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(theme === "dark"));
    }
    document.dispatchEvent(new CustomEvent("vatra:theme"));
  };

  const toggle = (): void => {
    try {
      localStorage.setItem(KEY, root.dataset["bsTheme"] === "dark" ? "light" : "dark");
    } catch {
      return;
    }
    show();
  };

  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-theme-toggle]")) toggle();
  });
}
