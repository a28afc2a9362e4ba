import { HubError } from '@lianzhen/contracts/errors.ts';
import { type LeadGrid, maxLeads } from './layouts.ts';
import { calibrationPulse } from './paper.ts';
import type { Box } from './sheet.ts';

/** One lead's place on the sheet. */
export interface SheetCell {
  readonly lead: string;
  /** Index of the column; strips share the number that follows the last column. All cells of a group show one time. */
  readonly group: number;
  readonly xMm: number;
  readonly widthMm: number;
  /** The row it has to itself; a tall beat may leave it. */
  readonly topMm: number;
  readonly heightMm: number;
  /** Where zero microvolts are. */
  readonly baseMm: number;
  /** Milliseconds after the beginning of the sheet. */
  readonly startMs: number;
  readonly durationMs: number;
}

export interface SheetPlan {
  readonly widthMm: number;
  readonly heightMm: number;
  /** What is ruled and drawn in. */
  readonly box: Box;
  readonly cells: readonly SheetCell[];
  /** Width of the place before the curves, where the calibration pulse of each row stands. */
  readonly pulseMm: number;
  readonly mmPerMs: number;
  readonly mmPerUv: number;
  /** How much time the whole width shows. */
  readonly durationMs: number;
}

export interface PlanInput {
  readonly grid: LeadGrid;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  /** Kept free around the box. */
  readonly marginMm?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** Ruled, but of no row: above the first and below the last, for beats that leave their row. */
  readonly spareMm?: { readonly top: number; readonly bottom: number };
  /** The curves take no more room than this needs, so that a short recording leaves the rest of the paper empty. */
  readonly longestMs?: number;
}

const noMargin = { top: 0, right: 0, bottom: 0, left: 0 };
const pulseGapMm = 2;

/**
 * Places every lead of a sheet. Pure: the same input gives the same plan.
 * @throws HubError bad-input for a size, speed, gain or number of leads that no paper has
 */
export function planSheet(input: PlanInput): SheetPlan {
  const { grid, widthMm, heightMm, speedMmPerS, gainMmPerMv, marginMm = noMargin } = input;
  check('widthMm', widthMm, 10, 4000);
  check('heightMm', heightMm, 10, 4000);
  check('speedMmPerS', speedMmPerS, 1, 1000);
  check('gainMmPerMv', gainMmPerMv, 0.5, 1000);
  const rows = Math.max(0, ...grid.columns.map((column) => column.length)) + grid.strips.length;
  check('rows', rows, 0, maxLeads + 12);
  const mmPerMs = speedMmPerS / 1000;
  const box = {
    xMm: marginMm.left,
    yMm: marginMm.top,
    widthMm: widthMm - marginMm.left - marginMm.right,
    heightMm: heightMm - marginMm.top - marginMm.bottom,
  };
  const pulseMm = Math.min(calibrationPulse.ms * mmPerMs + pulseGapMm, box.widthMm / 4);
  const longestMm = (input.longestMs ?? Number.POSITIVE_INFINITY) * mmPerMs;
  const curveMm = Math.max(1, Math.min(box.widthMm - pulseMm, longestMm));
  const plan = { widthMm, heightMm, box, pulseMm, mmPerMs, mmPerUv: gainMmPerMv / 1000, durationMs: curveMm / mmPerMs };
  return { ...plan, cells: placeCells(grid, rowsBox(box, input.spareMm), pulseMm, curveMm, rows, mmPerMs) };
}

/** The part of the box that the rows share; a box that is too low for spare room has none. */
function rowsBox(box: Box, spare: PlanInput['spareMm']): Box {
  if (!spare || box.heightMm < 4 * (spare.top + spare.bottom)) return box;
  return { ...box, yMm: box.yMm + spare.top, heightMm: box.heightMm - spare.top - spare.bottom };
}

function placeCells(grid: LeadGrid, box: Box, pulseMm: number, curveMm: number, rows: number, mmPerMs: number) {
  const rowMm = box.heightMm / Math.max(1, rows);
  const columnMm = curveMm / Math.max(1, grid.columns.length);
  const left = box.xMm + pulseMm;
  const cell = (lead: string, group: number, row: number, xMm: number, widthMm: number): SheetCell => ({
    lead,
    group,
    xMm,
    widthMm,
    topMm: box.yMm + row * rowMm,
    heightMm: rowMm,
    baseMm: box.yMm + (row + 0.5) * rowMm,
    startMs: (xMm - left) / mmPerMs,
    durationMs: widthMm / mmPerMs,
  });
  const rowsOfColumns = rows - grid.strips.length;
  const columns = grid.columns.flatMap((leads, group) =>
    leads.map((lead, row) => cell(lead, group, row, left + group * columnMm, columnMm)),
  );
  const strips = grid.strips.map((lead, i) => cell(lead, grid.columns.length, rowsOfColumns + i, left, curveMm));
  return [...columns, ...strips];
}

function check(field: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new HubError('bad-input', { field, expected: `${least} to ${most}`, found: String(value) });
}
