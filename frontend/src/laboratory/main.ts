import "./laboratory.css";
import { Laboratory } from "./laboratory";

// Without this script the form is sent as any other and answered with a page.
const form = document.querySelector<HTMLFormElement>("#lab-form");
if (form) new Laboratory(form);
