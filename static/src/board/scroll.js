// Scrolls the page while a drag rests near its upper or lower edge.

const EDGE = 56; // px from the edge of the window
const REST = 300; // ms near the edge before scrolling starts
const STEP = 12; // px per frame at the very edge

export class EdgeScroll {
  constructor(moved) {
    this.moved = moved;
  }

  follow(y) {
    const above = EDGE - y;
    const below = y - (window.innerHeight - EDGE);
    const depth = Math.max(above, below);
    if (depth <= 0) return this.stop();
    this.by = Math.sign(below - above) * Math.ceil((STEP * Math.min(depth, EDGE)) / EDGE);
    this.timer ??= setTimeout(() => this.step(), REST);
  }

  step() {
    window.scrollBy(0, this.by);
    this.moved();
    this.frame = requestAnimationFrame(() => this.step());
  }

  stop() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.timer = undefined;
  }
}
