import { drawLabels, drawMarks } from '@lianzhen/ecg/sheet/labels.ts';
import { recordedLead } from '@lianzhen/ecg/sheet/places.ts';
import { drawBorders, drawPulses, drawRuling } from '@lianzhen/ecg/sheet/ruling.ts';
import type { SampleStore } from '../source/sample-store.ts';
import { chosenInk, paper } from './colours.ts';
import { CurveTiles } from './curve-tiles.ts';
import { paintCalipers } from './paint-calipers.ts';
import { paintPrimitives } from './paint-primitives.ts';
import type { Scene } from './scene.ts';

/** Less than this between two lines, and the small squares are a grey area. */
const leastSquarePx = 2.4;

/**
 * Two canvases over each other: the paper, painted when its scale changes, and what moves. Everything that is asked
 * within one frame is painted once.
 */
export class EcgPicture {
  readonly #paper: HTMLCanvasElement;
  readonly #moving: HTMLCanvasElement;
  readonly #store: SampleStore;
  readonly #tiles: CurveTiles;
  readonly #stop: () => void;
  readonly #onPainted: (isComplete: boolean) => void;
  #scene: Scene | null = null;
  #startMs = 0;
  #unit = 1;
  #frame = 0;
  #paperKey = '';
  #tilesKey: unknown[] = [];

  constructor(
    paperCanvas: HTMLCanvasElement,
    movingCanvas: HTMLCanvasElement,
    store: SampleStore,
    onPainted: (isComplete: boolean) => void,
  ) {
    this.#paper = paperCanvas;
    this.#moving = movingCanvas;
    this.#store = store;
    this.#tiles = new CurveTiles(store);
    this.#onPainted = onPainted;
    this.#stop = store.subscribe(() => {
      this.#tiles.forgetUnfinished();
      this.#ask();
    });
  }

  /** @param unit pixels of the device to a CSS pixel */
  show(scene: Scene, unit: number): void {
    this.#scene = scene;
    this.#unit = unit;
    const tilesKey = [scene.plan, scene.pxPerMm, scene.filter, unit];
    if (tilesKey.some((part, i) => part !== this.#tilesKey[i])) {
      this.#tilesKey = tilesKey;
      this.#tiles.show({ plan: scene.plan, scale: scene.pxPerMm * unit, filter: scene.filter });
    }
    this.#ask();
  }

  scrollTo(startMs: number): void {
    this.#startMs = startMs;
    this.#ask();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#stop();
  }

  #ask(): void {
    if (this.#frame === 0 && this.#scene) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    this.#frame = 0;
    const scene = this.#scene;
    const canvas = this.#moving.getContext('2d');
    if (!scene || !canvas) return;
    const { plan } = scene;
    const scale = scene.pxPerMm * this.#unit;
    this.#paintPaper(scene, scale);
    resize(this.#moving, plan.widthMm * scale, plan.heightMm * scale);
    canvas.clearRect(0, 0, this.#moving.width, this.#moving.height);
    // Whole pixels: finished pieces of curve are moved and not drawn anew.
    const startPx = Math.round(this.#startMs * plan.mmPerMs * scale);
    const isComplete = this.#tiles.paint(canvas, startPx);
    const startMs = startPx / (plan.mmPerMs * scale);
    paintPrimitives(canvas, drawMarks(plan, scene.marks, startMs), scale);
    this.#paintLabels(canvas, scene, scale, startMs);
    paintCalipers(canvas, scene, startMs, scale, this.#unit);
    this.#onPainted(isComplete);
  }

  /** The ruling with the pulses: the same wherever in time one is. */
  #paintPaper({ plan, pxPerMm }: Scene, scale: number): void {
    const key = [
      plan.widthMm,
      plan.heightMm,
      plan.mmPerUv,
      plan.mmPerMs,
      plan.cells.length,
      plan.box.heightMm,
      scale,
    ].join();
    if (key === this.#paperKey) return;
    this.#paperKey = key;
    resize(this.#paper, plan.widthMm * scale, plan.heightMm * scale);
    const canvas = this.#paper.getContext('2d');
    if (!canvas) return;
    canvas.fillStyle = paper;
    canvas.fillRect(0, 0, this.#paper.width, this.#paper.height);
    const [small, large] = drawRuling(plan.box);
    if (small && pxPerMm >= leastSquarePx) paintPrimitives(canvas, [small], scale, true);
    if (large) paintPrimitives(canvas, [large], scale, true);
    paintPrimitives(canvas, [...drawPulses(plan), drawBorders(plan)], scale);
  }

  #paintLabels(canvas: CanvasRenderingContext2D, scene: Scene, scale: number, startMs: number): void {
    const { plan, missing, chosenLead, filter } = scene;
    const [number = 0] = this.#store.blocksOf(startMs, startMs);
    const leads = this.#store.block(number, filter)?.leads ?? scene.leads;
    const labels = drawLabels(plan, leads, { missing });
    labels.forEach((label, i) => {
      const cell = plan.cells[i];
      // The size of writing is that of the screen: the scale of the paper may be any.
      const sizeMm = Math.max(2.4, (12 * this.#unit) / scale);
      paintPrimitives(canvas, [{ ...label, sizeMm }], scale);
      if (!cell || recordedLead(cell) !== chosenLead) return;
      canvas.fillStyle = chosenInk;
      canvas.fillRect(cell.xMm * scale, (label.yMm - sizeMm) * scale, 2 * this.#unit, sizeMm * 1.2 * scale);
    });
  }
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}
