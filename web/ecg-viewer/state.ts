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
  /** The look is somebody else's: on a narrow screen its layout gives way to one that can be read there. */
  readonly isLed: boolean;
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

/** On a phone a quarter of the width holds one beat: rows over the whole width are what can be read there. */
const narrowLayout = '12x1';

/**
 * The look as this screen draws it. What somebody else looks at is carried over: leads, time, scale, filter. How a wide
 * screen lays it out is not: four columns in the width of a phone show nothing.
 */
export const lookOnScreen = ({ look, isLed }: Pick<EcgState, 'look' | 'isLed'>, isNarrow: boolean): EcgLook =>
  isNarrow && isLed && look.layout !== narrowLayout ? { ...look, layout: narrowLayout } : look;

export const firstState = (calipers: readonly Caliper[], isNarrow: boolean): EcgState => ({
  look: isNarrow ? { ...firstLook, layout: narrowLayout } : firstLook,
  isLed: false,
  tool: 'pan',
  calipers: calipers.slice(0, maxCalipers),
  selected: null,
  past: [],
  future: [],
  isPanelOpen: !isNarrow,
  page: 'numbers',
  comparison: 'off',
});
