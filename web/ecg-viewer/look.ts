import type { LeadOrder, SheetLayout } from '@lianzhen/ecg/sheet/layouts.ts';
import { gains, type PaperGain, type PaperSpeed } from '@lianzhen/ecg/sheet/paper.ts';
import { diagnosticFilter, type FilterSetting, unfiltered } from '@lianzhen/ecg/signal/filter.ts';

/** How the trace is looked at. */
export interface EcgLook {
  readonly layout: SheetLayout;
  readonly order: LeadOrder;
  readonly speed: PaperSpeed;
  readonly gain: PaperGain;
  readonly filter: FilterSetting;
  /** 1 is true scale. */
  readonly zoom: number;
  /** The one lead that keys, the median beat and the magnifier are about. */
  readonly lead: string;
  /** The lead of the rhythm strip. */
  readonly rhythm: string;
  /** That lead alone, enlarged. */
  readonly isMagnified: boolean;
}

export const firstLook: EcgLook = {
  layout: '3x4+rhythm',
  order: 'standard',
  speed: 25,
  gain: 10,
  filter: diagnosticFilter,
  zoom: 1,
  lead: 'II',
  rhythm: 'II',
  isMagnified: false,
};

export const zoomBounds = { least: 0.25, most: 8 } as const;
export const magnification = 3;

export const boundZoom = (zoom: number): number =>
  Number.isFinite(zoom) ? Math.min(zoomBounds.most, Math.max(zoomBounds.least, zoom)) : 1;

/** The next gain of the paper, or the same at the end of the list. */
export function stepGain(gain: PaperGain, step: 1 | -1): PaperGain {
  return gains[gains.indexOf(gain) + step] ?? gain;
}

/** The usual combinations that one key goes through. */
export const filterRounds: readonly FilterSetting[] = [
  diagnosticFilter,
  { highPassHz: 0.05, lowPassHz: 100, notchHz: null },
  { highPassHz: 0.5, lowPassHz: 40, notchHz: null },
  { highPassHz: 0.5, lowPassHz: 35, notchHz: null },
  unfiltered,
];

/** The combination after this one; the notch stays as it is. */
export function nextFilter(filter: FilterSetting): FilterSetting {
  const at = filterRounds.findIndex(
    ({ highPassHz, lowPassHz }) => highPassHz === filter.highPassHz && lowPassHz === filter.lowPassHz,
  );
  return { ...(filterRounds[(at + 1) % filterRounds.length] as FilterSetting), notchHz: filter.notchHz };
}

/** Off, 50 Hz, 60 Hz and off again. */
export function nextNotch(filter: FilterSetting): FilterSetting {
  const notchHz = filter.notchHz === null ? 50 : filter.notchHz === 50 ? 60 : null;
  return { ...filter, notchHz };
}

/** One word for each filter, for caches. */
export const filterKey = ({ highPassHz, lowPassHz, notchHz }: FilterSetting): string =>
  `${highPassHz}-${lowPassHz}-${notchHz}`;
