/** Sends the form and shows, step by step, what is being done; it can be left at any time. */

type Event_ = { step?: string; errors?: string[]; html?: string };

const STEPS = "application/x-ndjson";

export function startSending(form: HTMLFormElement): void {
  const sending = new Sending(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sending.start(event.submitter);
  });
  form.querySelector("[data-cancel]")?.addEventListener("click", () => sending.cancel());
}

class Sending {
  private request: XMLHttpRequest | null = null;
  private read = 0;
  private answered = false;

  constructor(private readonly form: HTMLFormElement) {}

  start(submitter: HTMLElement | null): void {
    if (this.request) return;
    this.complain([]);
    const data = new FormData(this.form, submitter);
    const isExample = data.has("example");
    const file = data.get("file");
    if (isExample) {
      data.delete("file");
      data.delete("text");
    } else if (file instanceof File && file.size > Number(this.form.dataset["largestBytes"])) {
      this.complain([this.words("tooLarge")]);
      return;
    }
    this.send(data);
  }

  cancel(): void {
    this.request?.abort();
  }

  private send(data: FormData): void {
    const request = new XMLHttpRequest();
    this.request = request;
    this.read = 0;
    this.answered = false;
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", STEPS);
    request.upload.addEventListener("progress", (event) => this.sent(event));
    request.upload.addEventListener("load", () => this.step(this.words("waiting")));
    request.addEventListener("progress", () => this.hear(request));
    request.addEventListener("load", () => this.end(request));
    request.addEventListener("error", () => this.fail(this.words("lost")));
    request.addEventListener("abort", () => this.fail(this.words("cancelled")));
    this.show(true);
    this.step(this.words("sending"));
    request.send(data);
  }

  private sent(event: ProgressEvent): void {
    const bar = this.form.querySelector<HTMLProgressElement>("[data-bar]");
    if (!bar || !event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
  }

  /** Takes every whole line that has come so far. */
  private hear(request: XMLHttpRequest): void {
    if (request.status !== 200) return;
    const end = request.responseText.lastIndexOf("\n") + 1;
    const lines = request.responseText.slice(this.read, end).split("\n");
    this.read = end;
    for (const line of lines) {
      if (line) this.take(JSON.parse(line) as Event_);
    }
  }

  private take(event: Event_): void {
    if (event.step) this.step(event.step);
    if (event.errors) {
      this.answered = true;
      this.fail(event.errors);
    }
    if (event.html) {
      this.answered = true;
      this.finish(event.html);
    }
  }

  private end(request: XMLHttpRequest): void {
    if (request.status === 200) this.hear(request);
    // An answer that is no list of steps is a page of its own, such as an expired form.
    if (request.status !== 200 && request.responseText.startsWith("<")) {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      this.fail(page.querySelector(".answer")?.textContent ?? this.words("lost"));
    } else if (!this.answered) {
      this.fail(this.words("lost"));
    }
  }

  private finish(html: string): void {
    this.request = null;
    const page = document.querySelector("#lint-page");
    if (!page) return;
    page.innerHTML = html; // our own server's page, its texts escaped there
    const title = page.querySelector<HTMLElement>("[data-report-title]");
    document.title = `${title?.textContent ?? ""} · Vatra`;
    title?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  private fail(messages: string | string[]): void {
    this.request = null;
    this.show(false);
    this.complain(typeof messages === "string" ? [messages] : messages);
  }

  private show(working: boolean): void {
    const progress = this.form.querySelector<HTMLElement>("[data-progress]");
    if (progress) progress.hidden = !working;
    for (const button of this.form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
      button.disabled = working;
    }
    if (working) this.form.querySelector<HTMLElement>("[data-cancel]")?.focus();
  }

  private step(words: string): void {
    const step = this.form.querySelector("[data-step]");
    // Said again only when it changes, so that a screen reader does not repeat it each second.
    if (step && step.textContent !== words) {
      step.textContent = words;
      this.form.querySelector("[data-bar]")?.removeAttribute("value");
    }
  }

  private complain(messages: string[]): void {
    const place = this.form.querySelector("#lint-errors");
    if (!place) return;
    const list = document.createElement("ul");
    for (const message of messages) {
      const item = document.createElement("li");
      item.className = "field-error wrap";
      item.textContent = message;
      list.append(item);
    }
    place.replaceChildren(...(messages.length ? [list] : []));
  }

  private words(name: string): string {
    return this.form.dataset[name] ?? "";
  }
}
