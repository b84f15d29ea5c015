/**
 * Asks what a moved slider changes, while it moves: one question at a time, always the latest.
 * What differs from the plan is the page's address, so a state can be handed on and undone.
 */

type Control = HTMLInputElement | HTMLSelectElement;

const FACTOR_DIGITS = 3;

export class Laboratory {
  private readonly controls: Control[];
  private readonly percents: Intl.NumberFormat;
  private readonly factors: Intl.NumberFormat;
  private asking = false;
  private askAgain = false;

  constructor(private readonly form: HTMLFormElement) {
    this.controls = [...form.querySelectorAll<Control>("[data-planned]")];
    const lang = form.dataset["lang"] ?? "en";
    this.percents = new Intl.NumberFormat(lang, { style: "percent" });
    this.factors = new Intl.NumberFormat(lang, {
      minimumFractionDigits: FACTOR_DIGITS,
      maximumFractionDigits: FACTOR_DIGITS,
    });
    form.classList.add("is-live");
    // A browser that comes back to the page may have kept other positions than the address says.
    this.take(new URLSearchParams(window.location.search));
    form.addEventListener("input", (event) => this.moved(event.target));
    form.addEventListener("change", () => this.keep());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask();
    });
    window.addEventListener("popstate", () => {
      this.take(new URLSearchParams(window.location.search));
      void this.ask();
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-preset]")) {
      link.addEventListener("click", (event) => this.preset(event, link));
    }
  }

  private moved(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement) this.say(target);
    void this.ask();
  }

  /** A slider that was let go: its state gets an address of its own. */
  private keep(): void {
    const address = this.address();
    if (address !== window.location.pathname + window.location.search) {
      window.history.pushState(null, "", address);
    }
  }

  private preset(event: MouseEvent, link: HTMLAnchorElement): void {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.take(new URL(link.href).searchParams);
    this.keep();
    void this.ask();
  }

  /** Puts every control where a query has it, those it does not name where the plan has them. */
  private take(query: URLSearchParams): void {
    for (const control of this.controls) {
      control.value = query.get(control.name) ?? control.dataset["planned"] ?? "";
      if (control instanceof HTMLInputElement) this.say(control);
    }
  }

  private say(slider: HTMLInputElement): void {
    const output = slider.parentElement?.querySelector("output");
    const unit = slider.dataset["unit"];
    const words = unit
      ? `${this.factors.format(slider.valueAsNumber)} ${unit}`
      : this.percents.format(slider.valueAsNumber / 100);
    if (output) output.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }

  private address(): string {
    const query = new URLSearchParams();
    for (const control of this.controls) {
      const value = this.valueOf(control);
      if (value !== control.dataset["planned"]) query.set(control.name, value);
    }
    const text = query.toString();
    return window.location.pathname + (text ? `?${text}` : "");
  }

  private valueOf(control: Control): string {
    const planned = control.dataset["planned"] ?? "";
    if (control.dataset["unit"] === undefined) return control.value;
    // A slider without steps gives many digits: those that are shown count.
    const shown = Number(control.value).toFixed(FACTOR_DIGITS);
    return Number(shown) === Number(Number(planned).toFixed(FACTOR_DIGITS))
      ? planned
      : String(Number(shown));
  }

  /** Asks for the state as it is; while an answer is on its way, once more when it has come. */
  private async ask(): Promise<void> {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    do {
      this.askAgain = false;
      await this.fetch();
    } while (this.askAgain);
    this.asking = false;
  }

  private async fetch(): Promise<void> {
    try {
      const answer = await fetch(this.address(), { headers: { "HX-Request": "true" } });
      if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.statusText);
      this.show(await answer.text());
    } catch {
      const place = document.querySelector("#lab-answer");
      const words = document.createElement("p");
      words.className = "field-error";
      words.textContent = this.form.dataset["lost"] ?? "";
      place?.replaceChildren(words);
    }
  }

  private show(html: string): void {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of page.querySelectorAll<HTMLElement>("[data-part]")) {
      const place = document.getElementById(part.dataset["part"] ?? "");
      place?.replaceChildren(...part.childNodes);
    }
  }
}
