/** A term's meaning opens where the pointer rests on the word, too; Escape closes it. */
const REST_MS = 250;

export function startTerms(): void {
  for (const word of document.querySelectorAll<HTMLButtonElement>(".term-word")) {
    const means = word.nextElementSibling as HTMLElement | null;
    const term = word.parentElement;
    if (!means?.showPopover || !term) continue;
    let waiting = 0;
    word.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      waiting = window.setTimeout(() => {
        if (!means.matches(":popover-open")) means.showPopover({ source: word });
      }, REST_MS);
    });
    // The meaning is inside the term: a pointer may go over to it.
    term.addEventListener("pointerleave", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        if (!term.matches(":hover")) means.hidePopover();
      }, REST_MS);
    });
  }
}
