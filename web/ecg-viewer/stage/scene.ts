import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import type { SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import type { FilterSetting } from '@lianzhen/ecg/signal/filter.ts';
import type { EcgLeadInfo } from '../source/ecg-source.ts';
import type { EcgState } from '../state.ts';

/** Everything the picture shows but the time at which it begins. A new object wherever something in it is new. */
export interface Scene {
  readonly plan: SheetPlan;
  /** CSS pixels to a millimetre of the sheet, zoom included. */
  readonly pxPerMm: number;
  readonly filter: FilterSetting;
  readonly leads: readonly EcgLeadInfo[];
  readonly chosenLead: string;
  readonly missing: string;
  readonly calipers: readonly Caliper[];
  readonly selected: EcgState['selected'];
  /** The ink of one's own calipers. */
  readonly caliperInk: string;
  readonly others: readonly { readonly caliper: Caliper; readonly ink: string }[];
  readonly marks: readonly { readonly atMs: number; readonly label: string }[];
}
