/**
 * A table changed in place: arrows walk over its cells, Enter opens one, Escape leaves it. Every
 * cell is a link to the page of its row, so that all of this works without scripts too.
 */
import htmx from "htmx.org";

type Place = { row: number; column: string };

const CELL = "td[data-column]";
let closed = new Map<HTMLElement, Node[]>();
let wanted: Place | null = null;

const sheet = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-sheet]");

const rows = (): HTMLTableRowElement[] => [
  ...document.querySelectorAll<HTMLTableRowElement>("[data-sheet] tbody tr[id]"),
];

const cellsOf = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(CELL)];

function placeOf(cell: HTMLElement): Place {
  const row = rows().findIndex((each) => each.contains(cell));
  return { row, column: cell.dataset.column ?? "" };
}

function focusCell(cell: HTMLElement | undefined): void {
  const link = cell?.querySelector<HTMLElement>("a.edit-cell");
  if (!link) return;
  // One cell of the table is in the order of tabs, the others are reached by arrows.
  document.querySelectorAll("[data-sheet] a.edit-cell").forEach((each) => {
    each.setAttribute("tabindex", each === link ? "0" : "-1");
  });
  link.focus();
  cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function settleTabs(): void {
  document.querySelectorAll("[data-sheet] a.edit-cell").forEach((each, at) => {
    each.setAttribute("tabindex", at === 0 ? "0" : "-1");
  });
}

function go(place: Place): void {
  const row = rows()[Math.min(place.row, rows().length - 1)];
  if (!row) return;
  const cells = cellsOf(row);
  focusCell(cells.find((each) => each.dataset.column === place.column) ?? cells[0]);
}

async function open(cell: HTMLElement): Promise<void> {
  const owner = sheet();
  if (!owner || closed.has(cell)) return;
  const dirty = openForms().find(isDirty);
  if (dirty) {
    wanted = placeOf(cell);
    dirty.requestSubmit();
    return;
  }
  openForms().forEach(close);
  const { line, column } = cell.dataset;
  closed.set(cell, [...cell.childNodes]);
  const url = `${owner.dataset.url}rows/${line}/${column}/?base=${owner.dataset.base}`;
  try {
    await htmx.ajax("get", url, { target: cell, swap: "innerHTML" });
  } catch {
    window.location.assign(url);
  }
}

const openForms = (): HTMLFormElement[] => [
  ...document.querySelectorAll<HTMLFormElement>("form[data-cell-form]"),
];

function isDirty(form: HTMLFormElement): boolean {
  return [...form.elements].some((each) => {
    if (each instanceof HTMLSelectElement) {
      return [...each.options].some((option) => option.selected !== option.defaultSelected);
    }
    if (each instanceof HTMLInputElement && each.type === "hidden") return false;
    if (each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement) {
      return each.value !== each.defaultValue;
    }
    return false;
  });
}

function close(form: HTMLFormElement): void {
  const cell = form.closest<HTMLElement>(CELL);
  const before = cell && closed.get(cell);
  if (!cell || !before) return;
  cell.replaceChildren(...before);
  closed.delete(cell);
  focusCell(cell);
}

function onArrow(event: KeyboardEvent, cell: HTMLElement): void {
  const row = cell.closest("tr");
  if (!row) return;
  const cells = cellsOf(row);
  const at = cells.indexOf(cell);
  const place = placeOf(cell);
  const targets: Record<string, () => void> = {
    ArrowLeft: () => focusCell(cells[at - 1]),
    ArrowRight: () => focusCell(cells[at + 1]),
    Home: () => focusCell(cells[0]),
    End: () => focusCell(cells[cells.length - 1]),
    ArrowUp: () => place.row > 0 && go({ ...place, row: place.row - 1 }),
    ArrowDown: () => go({ ...place, row: place.row + 1 }),
    F2: () => void open(cell),
    Enter: () => void open(cell),
  };
  const move = targets[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  move();
}

function onFormKey(event: KeyboardEvent, form: HTMLFormElement): void {
  if (event.key === "Escape") {
    event.preventDefault();
    close(form);
  } else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) {
    if (event.target instanceof HTMLTextAreaElement && !event.ctrlKey) return;
    event.preventDefault();
    const cell = form.closest<HTMLElement>(CELL);
    // As in a spreadsheet: saved, and on to the cell below.
    if (cell) wanted = { ...placeOf(cell), row: placeOf(cell).row + 1 };
    if (isDirty(form)) form.requestSubmit();
    else {
      close(form);
      if (wanted) go(wanted);
    }
  }
}

function onKey(event: KeyboardEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const form = target.closest<HTMLFormElement>("form[data-cell-form]");
  if (form) return onFormKey(event, form);
  const cell = target.closest<HTMLElement>(CELL);
  if (cell && target.matches("a.edit-cell")) onArrow(event, cell);
}

function onClick(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof Element)) return;
  if (target.closest("[data-cancel]")) {
    const form = target.closest<HTMLFormElement>("form[data-cell-form]");
    if (form) close(form);
    return;
  }
  const cell = target.closest<HTMLElement>(CELL);
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!cell || !plain || !sheet()?.hasAttribute("data-may-edit")) return;
  if (target.closest("form")) return;
  event.preventDefault();
  void open(cell);
}

function afterSwap(event: Event): void {
  const swapped = (event as CustomEvent).detail?.target as HTMLElement | undefined;
  if (!swapped) return;
  if (swapped.matches?.(CELL)) {
    // At once and not when the swap has settled: who types quickly has pressed Enter by then.
    htmx.process(swapped);
    const field = swapped.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea");
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
    return;
  }
  const clash = document.querySelector<HTMLElement>("[data-clash]");
  if (clash && swapped.id === "clash") return clash.focus();
  // Only the table itself: what comes late for a notice that is gone must not touch an open cell.
  if (swapped.id === "sheet") {
    closed = new Map();
    document.querySelector("#clash")?.replaceChildren();
    settleTabs();
    if (wanted) go(wanted);
    else if (document.activeElement === document.body) focusNotice();
    wanted = null;
  }
}

/** What was pressed went with the old table: go on from the button that stands in its place. */
function focusNotice(): void {
  document.querySelector<HTMLElement>("[data-sheet] [data-undo]")?.focus();
}

export function startGrid(): void {
  if (!sheet()) return;
  settleTabs();
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || wanted) return;
    const cell = form.closest<HTMLElement>(CELL);
    if (cell) wanted = placeOf(cell);
  });
  document.addEventListener("htmx:afterSwap", afterSwap);
}
