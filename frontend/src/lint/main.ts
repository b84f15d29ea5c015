import "./lint.css";
import { startDrop } from "./drop";
import { startSending } from "./send";

// Without this script the form is sent as any other and answered with a page.
const form = document.querySelector<HTMLFormElement>("#lint-form");
if (form) {
  startDrop(form);
  startSending(form);
}
