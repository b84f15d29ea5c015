import "./main.css";
import htmx from "htmx.org";
import { startNumbers } from "./numbers";
import { startTerms } from "./terms";

// The page says the same in its htmx-config meta tag. Said here too, so that a page without
// the tag still never evaluates text as code and never writes an inline style.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

startNumbers();
startTerms();

// On a phone the tabs scroll sideways: that of the page is brought into sight.
document
  .querySelector(".city-nav [aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });
