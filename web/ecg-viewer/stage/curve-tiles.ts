import { drawCurve, leadOfCell } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { lineMm } from '@lianzhen/ecg/sheet/paper.ts';
import type { SheetCell, SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import type { SheetPolyline } from '@lianzhen/ecg/sheet/sheet.ts';
import { type SheetSpan, spansOf } from '@lianzhen/ecg/sheet/spans.ts';
import type { FilterSetting } from '@lianzhen/ecg/signal/filter.ts';
import type { SampleStore } from '../source/sample-store.ts';
import { paintPrimitives } from './paint-primitives.ts';

/** Width of a tile in pixels of the device: wide enough to be few, narrow enough to be drawn within a frame. */
const tilePx = 128;
const maxTileBytes = 64 * 1024 * 1024;
const maxTiles = 800;

/** A finished piece of picture; it is as high as what is drawn in it. */
interface Tile {
  /** Null where nothing is drawn. */
  readonly canvas: HTMLCanvasElement | null;
  readonly topPx: number;
  readonly isComplete: boolean;
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
  #bytes = 0;
  #scene: TileScene | null = null;
  #spans: readonly SheetSpan[] = [];
  #lastPx = 0;

  constructor(store: SampleStore) {
    this.#store = store;
  }

  /** A new scene makes every piece anew. */
  show(scene: TileScene): void {
    this.#scene = scene;
    this.#spans = spansOf(scene.plan);
    this.#tiles.clear();
    this.#bytes = 0;
  }

  /** Pieces that were painted before their samples had come are painted again. */
  forgetUnfinished(): void {
    for (const [key, tile] of this.#tiles) if (!tile.isComplete) this.#forget(key, tile);
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
    const known = this.#tiles.size;
    let isComplete = true;
    for (const span of this.#spans) {
      const left = Math.round(span.xMm * scale);
      const width = Math.round((span.xMm + span.widthMm) * scale) - left;
      const begin = startPx + Math.round(span.startMs * plan.mmPerMs * scale);
      for (let at = Math.floor(begin / tilePx); at * tilePx < begin + width; at++) {
        const tile = this.#tile(span, at, scene);
        isComplete &&= tile.isComplete;
        const from = Math.max(at * tilePx, begin);
        const shown = Math.min((at + 1) * tilePx, begin + width) - from;
        if (!tile.canvas || shown <= 0) continue;
        const { height } = tile.canvas;
        target.drawImage(
          tile.canvas,
          from - at * tilePx,
          0,
          shown,
          height,
          left + from - begin,
          tile.topPx,
          shown,
          height,
        );
      }
    }
    // A frame that had nothing new to draw has time for a piece that comes next.
    if (this.#tiles.size === known) this.#drawAhead(startPx, scene);
    this.#lastPx = startPx;
    return isComplete;
  }

  #drawAhead(startPx: number, scene: TileScene): void {
    if (startPx === this.#lastPx) return;
    const isForward = startPx > this.#lastPx;
    for (const span of this.#spans) {
      const begin = startPx + Math.round(span.startMs * scene.plan.mmPerMs * scene.scale);
      const edge = isForward ? begin + Math.round(span.widthMm * scene.scale) : begin;
      const at = Math.floor(edge / tilePx) + (isForward ? 1 : -1);
      if (this.#tiles.has(`${span.group} ${at}`)) continue;
      this.#tile(span, at, scene);
      return;
    }
  }

  #tile(span: SheetSpan, at: number, scene: TileScene): Tile {
    const key = `${span.group} ${at}`;
    const known = this.#tiles.get(key);
    if (known) {
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return known;
    }
    const tile = this.#draw(span, at, scene);
    this.#tiles.set(key, tile);
    this.#bytes += bytesOf(tile);
    for (const [oldKey, old] of this.#tiles) {
      if (oldKey === key || (this.#bytes <= maxTileBytes && this.#tiles.size <= maxTiles)) break;
      this.#forget(oldKey, old);
    }
    return tile;
  }

  #forget(key: string, tile: Tile): void {
    this.#tiles.delete(key);
    this.#bytes -= bytesOf(tile);
  }

  #draw(span: SheetSpan, at: number, scene: TileScene): Tile {
    const { lines, isComplete } = this.#linesOf(span, at, scene);
    const { scale } = scene;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { points } of lines) {
      for (let i = 1; i < points.length; i += 2) {
        low = Math.min(low, points[i] as number);
        high = Math.max(high, points[i] as number);
      }
    }
    if (low > high) return { canvas: null, topPx: 0, isComplete };
    const topPx = Math.floor((low - lineMm.curve) * scale) - 1;
    const canvas = document.createElement('canvas');
    canvas.width = tilePx;
    canvas.height = Math.ceil((high + lineMm.curve) * scale) + 1 - topPx;
    const painter = canvas.getContext('2d');
    painter?.translate(0, -topPx);
    if (painter) paintPrimitives(painter, lines, scale);
    return { canvas, topPx, isComplete };
  }

  /** The curves of a column of the sheet over the time of one tile; the left edge of the tile is zero. */
  #linesOf(span: SheetSpan, at: number, { plan, scale, filter }: TileScene) {
    const msPerPx = 1 / (plan.mmPerMs * scale);
    // A little to either side, so that the lines of neighbouring tiles meet.
    const edge = 4;
    const startMs = (at * tilePx - edge) * msPerPx;
    const endMs = ((at + 1) * tilePx + edge) * msPerPx;
    const cells = plan.cells.filter((cell) => cell.group === span.group);
    const lines: SheetPolyline[] = [];
    let isComplete = true;
    for (const number of this.#store.blocksOf(startMs, endMs)) {
      const block = this.#store.block(number, filter);
      if (!block) {
        isComplete = false;
        continue;
      }
      const from = Math.max(startMs, block.startMs - 2 * edge * msPerPx);
      const to = Math.min(endMs, block.endMs + 2 * edge * msPerPx);
      const xMm = (from / msPerPx - at * tilePx) / scale;
      for (const cell of cells) {
        const lead = leadOfCell(block.leads, cell.lead);
        const piece: SheetCell = { ...cell, xMm, startMs: 0, durationMs: to - from };
        if (lead) lines.push(...drawCurve(plan, piece, lead, from, 1 / scale));
      }
    }
    return { lines, isComplete };
  }
}

const bytesOf = ({ canvas }: Tile): number => (canvas ? canvas.height * tilePx * 4 : 0);
