/** A file dropped on the form is chosen as if by its button, and sent. */
export function startDrop(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLElement>("[data-drop]");
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const hint = form.querySelector<HTMLElement>("[data-drop-hint]");
  if (!area || !input) return;
  if (hint) hint.hidden = false;

  // A file that misses the frame must not replace the page.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
  area.addEventListener("dragover", () => area.classList.add("is-over"));
  area.addEventListener("dragleave", () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("is-over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    input.files = files;
    form.requestSubmit();
  });
}
