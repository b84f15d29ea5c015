/** Drags the map, and looks nearer with a double click or the wheel and Ctrl: the view is the
 *  drawing's own, so nothing is fetched. Never nearer than 1/32 nor farther than the whole sheet
 *  of this page. */
const NEAREST = 32;
// A finger or mouse that moved less than this meant the building under it.
const STILL_PX = 5;

export class MovableMap {
  private readonly whole: DOMRect;
  private from: { x: number; y: number; left: number; top: number } | null = null;
  private moved = false;

  constructor(private readonly svg: SVGSVGElement) {
    const box = svg.viewBox.baseVal;
    this.whole = new DOMRect(box.x, box.y, box.width, box.height);
    svg.addEventListener("pointerdown", (event) => this.start(event));
    svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      svg.addEventListener(name, () => (this.from = null));
    }
    svg.addEventListener("click", (event) => this.moved && event.preventDefault(), true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("dblclick", (event) => this.zoom(event, 2));
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.zoom(event, event.deltaY < 0 ? 1.25 : 0.8);
      },
      { passive: false },
    );
  }

  private start(event: PointerEvent): void {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const box = this.svg.viewBox.baseVal;
    this.from = { x: event.clientX, y: event.clientY, left: box.x, top: box.y };
    this.moved = false;
  }

  private drag(event: PointerEvent): void {
    if (!this.from) return;
    const across = event.clientX - this.from.x;
    const down = event.clientY - this.from.y;
    if (Math.hypot(across, down) > STILL_PX) this.moved = true;
    if (!this.moved) return;
    const box = this.svg.viewBox.baseVal;
    const metres = box.width / this.svg.clientWidth;
    this.show(this.from.left - across * metres, this.from.top - down * metres, box.width);
  }

  private zoom(event: MouseEvent, times: number): void {
    const box = this.svg.viewBox.baseVal;
    const frame = this.svg.getBoundingClientRect();
    const across = (event.clientX - frame.left) / frame.width;
    const down = (event.clientY - frame.top) / frame.height;
    const width = Math.min(this.whole.width, Math.max(this.whole.width / NEAREST, box.width / times));
    const shrunk = width / box.width;
    const left = box.x + box.width * across * (1 - shrunk);
    const top = box.y + box.height * down * (1 - shrunk);
    this.show(left, top, width);
  }

  /** Shows a part of the sheet, held within it. */
  private show(left: number, top: number, width: number): void {
    const height = (width * this.whole.height) / this.whole.width;
    const held = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
    const x = held(left, this.whole.left, this.whole.right - width);
    const y = held(top, this.whole.top, this.whole.bottom - height);
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }
}
