import { drawCurve, leadOfCell } from '@lianzhen/ecg/sheet/draw-curve.ts';
import type { SheetCell, SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import { type SheetSpan, spansOf } from '@lianzhen/ecg/sheet/spans.ts';
import type { FilterSetting } from '@lianzhen/ecg/signal/filter.ts';
import type { SampleStore } from '../source/sample-store.ts';
import { paintPrimitives } from './paint-primitives.ts';

/** Width of a tile in pixels of the device. */
const tilePx = 256;
const maxTileBytes = 96 * 1024 * 1024;

interface Tile {
  readonly canvas: HTMLCanvasElement;
  isComplete: boolean;
}

interface TileScene {
  readonly plan: SheetPlan;
  /** Pixels of the device to a millimetre. */
  readonly scale: number;
  readonly filter: FilterSetting;
}

/**
 * The curves as pieces of picture, one for each stretch of time and column of the sheet, so that scrolling moves
 * finished pieces and draws only what comes into view.
 */
export class CurveTiles {
  readonly #store: SampleStore;
  readonly #tiles = new Map<string, Tile>();
  #scene: TileScene | null = null;
  #spans: readonly SheetSpan[] = [];

  constructor(store: SampleStore) {
    this.#store = store;
  }

  /** A new scene makes every piece anew. */
  show(scene: TileScene): void {
    this.#scene = scene;
    this.#spans = spansOf(scene.plan);
    this.#tiles.clear();
  }

  /** Pieces that were painted before their samples had come are painted again. */
  forgetUnfinished(): void {
    for (const [key, tile] of this.#tiles) if (!tile.isComplete) this.#tiles.delete(key);
  }

  /**
   * Paints the curves.
   * @param startPx time at the beginning of the sheet, in whole pixels of the device
   * @returns whether all that is in view is there
   */
  paint(target: CanvasRenderingContext2D, startPx: number): boolean {
    const scene = this.#scene;
    if (!scene) return false;
    const { scale, plan } = scene;
    let isComplete = true;
    for (const span of this.#spans) {
      const left = Math.round(span.xMm * scale);
      const right = Math.round((span.xMm + span.widthMm) * scale);
      const begin = startPx + Math.round(span.startMs * plan.mmPerMs * scale);
      for (let at = Math.floor(begin / tilePx); at * tilePx < begin + right - left; at++) {
        const tile = this.#tile(span, at, scene);
        isComplete &&= tile.isComplete;
        const from = Math.max(at * tilePx, begin);
        const to = Math.min((at + 1) * tilePx, begin + right - left);
        if (to <= from) continue;
        const { height } = tile.canvas;
        target.drawImage(
          tile.canvas,
          from - at * tilePx,
          0,
          to - from,
          height,
          left + from - begin,
          0,
          to - from,
          height,
        );
      }
    }
    return isComplete;
  }

  #tile(span: SheetSpan, at: number, scene: TileScene): Tile {
    const key = `${span.group} ${at}`;
    const known = this.#tiles.get(key);
    if (known) {
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return known;
    }
    const canvas = document.createElement('canvas');
    canvas.width = tilePx;
    canvas.height = Math.max(1, Math.round(scene.plan.heightMm * scene.scale));
    const tile: Tile = { canvas, isComplete: this.#draw(canvas, span, at, scene) };
    this.#tiles.set(key, tile);
    const most = Math.max(12, Math.floor(maxTileBytes / (canvas.height * tilePx * 4)));
    for (const old of this.#tiles.keys()) {
      if (this.#tiles.size <= most) break;
      this.#tiles.delete(old);
    }
    return tile;
  }

  #draw(canvas: HTMLCanvasElement, span: SheetSpan, at: number, { plan, scale, filter }: TileScene): boolean {
    const painter = canvas.getContext('2d');
    if (!painter) return true;
    const msPerPx = 1 / (plan.mmPerMs * scale);
    // A little to either side, so that the lines of neighbouring tiles meet.
    const edge = 4;
    const startMs = (at * tilePx - edge) * msPerPx;
    const durationMs = (tilePx + 2 * edge) * msPerPx;
    const cells = plan.cells.filter((cell) => cell.group === span.group);
    let isComplete = true;
    for (const number of this.#store.blocksOf(startMs, startMs + durationMs)) {
      const block = this.#store.block(number, filter);
      if (!block) {
        isComplete = false;
        continue;
      }
      const from = Math.max(startMs, block.startMs - 8 * msPerPx);
      const to = Math.min(startMs + durationMs, block.endMs + 8 * msPerPx);
      for (const cell of cells) {
        const lead = leadOfCell(block.leads, cell.lead);
        const xMm = (from / msPerPx - at * tilePx) / scale;
        const piece: SheetCell = { ...cell, xMm, startMs: 0, durationMs: to - from };
        if (lead) paintPrimitives(painter, drawCurve(plan, piece, lead, from, 1 / scale), scale);
      }
    }
    return isComplete;
  }
}
