import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { type EcgLook, firstLook } from './look.ts';

export const ecgTools = ['pan', 'time', 'voltage', 'march'] as const;
export type EcgTool = (typeof ecgTools)[number];

/** Which part of a caliper moves. */
export type CaliperEnd = 'from' | 'to' | 'both';

export type Comparison = 'off' | 'over' | 'beside';

/** What stands in the panel. */
export type PanelPage = 'numbers' | 'leads' | 'compare';

export interface EcgState {
  readonly look: EcgLook;
  readonly tool: EcgTool;
  readonly calipers: readonly Caliper[];
  readonly selected: { readonly id: string; readonly end: CaliperEnd } | null;
  readonly past: readonly (readonly Caliper[])[];
  readonly future: readonly (readonly Caliper[])[];
  readonly isPanelOpen: boolean;
  readonly page: PanelPage;
  readonly comparison: Comparison;
}

export const maxCalipers = 100;

export const firstState = (calipers: readonly Caliper[], isNarrow: boolean): EcgState => ({
  // On a phone a quarter of the width holds one beat: rows over the whole width are what can be read there.
  look: isNarrow ? { ...firstLook, layout: '12x1' } : firstLook,
  tool: 'pan',
  calipers: calipers.slice(0, maxCalipers),
  selected: null,
  past: [],
  future: [],
  isPanelOpen: !isNarrow,
  page: 'numbers',
  comparison: 'off',
});
