import "./drafting.css";

// The figure goes where the person wrote last; without scripts its code stands there to be copied.
let last: HTMLTextAreaElement | null = document.querySelector(".draft-form textarea");

document.addEventListener("focusin", (event) => {
  const target = event.target;
  if (target instanceof HTMLTextAreaElement && target.closest(".draft-form")) last = target;
});

function reveal(root: ParentNode): void {
  for (const each of root.querySelectorAll<HTMLButtonElement>("[data-insert]")) {
    each.hidden = last === null;
  }
}

document.addEventListener("click", (event) => {
  const pressed = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
  if (!(pressed instanceof HTMLElement) || last === null) return;
  last.focus();
  last.setRangeText(pressed.dataset.insert ?? "", last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target instanceof Element) reveal(event.target);
});
reveal(document);

// Whoever leaves with words that are not saved is asked first.
const form = document.querySelector<HTMLFormElement>("[data-drafting]");
let changed = false;
form?.addEventListener("input", () => {
  changed = true;
});
form?.addEventListener("submit", () => {
  changed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
