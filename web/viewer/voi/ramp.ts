import { lookUp } from '../source/lookup-tables.ts';
import type { DisplayValues } from './display-values.ts';
import { type Modality, modalityValue } from './modality.ts';
import type { Voi } from './voi.ts';

/** Brightness as the drawing pipeline takes it: a straight line over display values, or a table of them. */
export type Ramp =
  | { readonly kind: 'line'; readonly center: number; readonly width: number }
  | { readonly kind: 'table'; readonly first: number; readonly entries: Uint8Array };

/**
 * Modality transform and window together, over the display values. A rising straight line stays one (and is drawn by
 * the pipeline itself); everything else becomes a table of 256 grey levels.
 */
export function ramp(display: DisplayValues, modality: Modality, voi: Voi): Ramp {
  if (voi.kind === 'window' && voi.shape !== 'SIGMOID' && modality.kind === 'linear') {
    // value = gain * display + lift
    const gain = modality.slope * display.scale;
    const lift = modality.slope * display.offset + modality.intercept;
    const { center, width } = exactWindow(voi);
    if (gain > 0) return { kind: 'line', center: (center - lift) / gain, width: width / gain };
  }
  const entries = new Uint8Array(display.max - display.min + 1);
  for (let i = 0; i < entries.length; i++) {
    const stored = (display.min + i) * display.scale + display.offset;
    entries[i] = Math.round(255 * brightness(voi, modalityValue(modality, stored)));
  }
  return { kind: 'table', first: display.min, entries };
}

/**
 * Formula C.11-2 of PS3.3 C.11.2.1.2.1 written as a plain ramp: the LINEAR function reaches from
 * center - 0.5 - (width - 1) / 2 to center - 0.5 + (width - 1) / 2.
 */
function exactWindow(voi: Extract<Voi, { kind: 'window' }>): { center: number; width: number } {
  // A window of one or less is meant for values between 0 and 1, where that formula makes no sense.
  if (voi.shape === 'LINEAR' && voi.width > 1) return { center: voi.center - 0.5, width: voi.width - 1 };
  return { center: voi.center, width: Math.max(voi.width, 1e-6) };
}

/** Brightness 0 .. 1 of one modality value. */
export function brightness(voi: Voi, value: number): number {
  if (voi.kind === 'table') return lookUp(voi.table, value) / (2 ** voi.table.bits - 1);
  if (voi.shape === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - voi.center)) / voi.width));
  const { center, width } = exactWindow(voi);
  return Math.min(1, Math.max(0, (value - center) / width + 0.5));
}
