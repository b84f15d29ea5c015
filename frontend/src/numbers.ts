/**
 * Every number opens how it was made: a link marked `data-number` is fetched into the dialog.
 * Without scripts, or with a key held down, the same link opens a page of its own.
 */
import htmx from "htmx.org";

const plainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

async function open(dialog: HTMLDialogElement, link: HTMLAnchorElement): Promise<void> {
  const body = dialog.querySelector<HTMLElement>("#number-body");
  if (!body) return;
  try {
    await htmx.ajax("get", link.href, { target: body, swap: "innerHTML" });
  } catch {
    window.location.assign(link.href);
    return;
  }
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  body.querySelector<HTMLElement>("[data-focus]")?.focus();
}

export function startNumbers(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#number-dialog");
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target === dialog) return dialog.close(); // beside the panel, on its backdrop
    const link = event.target.closest<HTMLAnchorElement>("a[data-number]");
    if (!link || !plainClick(event)) return;
    event.preventDefault();
    void open(dialog, link);
  });
  // What went wrong is said by the page itself, so that a failing number is no dead click.
  document.addEventListener("htmx:responseError", (event) => {
    const url = (event as CustomEvent).detail?.pathInfo?.requestPath;
    if (typeof url === "string") window.location.assign(url);
  });
}
