import { startDrop } from "../lint/drop";
import "./evidence.css";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-hand-in]")) {
  startDrop(form);
  form.addEventListener("submit", () => {
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    // A large file takes its time: the button must not send it twice.
    button?.setAttribute("aria-busy", "true");
    button?.setAttribute("disabled", "");
  });
}

/** What is the same in all rows is asked for only where that was chosen. */
for (const row of document.querySelectorAll<HTMLElement>(".mapping-column")) {
  const source = row.querySelector<HTMLSelectElement>(".mapping-theirs > select");
  const constant = row.querySelector<HTMLElement>("[data-constant]");
  if (!source || !constant) continue;
  const show = () => {
    constant.hidden = source.value !== "=";
  };
  source.addEventListener("change", show);
  show();
}
