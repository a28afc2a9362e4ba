import { cabreraLeads, isStandardLead, twelveLeads } from '../leads.ts';

export const sheetLayouts = ['3x4+rhythm', '6x2', '12x1'] as const;
/** Rows by columns of the twelve leads. `3x4+rhythm` has one lead over the whole width below. */
export type SheetLayout = (typeof sheetLayouts)[number];

export const leadOrders = ['standard', 'cabrera'] as const;
/** `cabrera` is the anatomical order of the limb leads, with -aVR (2009 AHA/ACCF/HRS recommendations, part IV). */
export type LeadOrder = (typeof leadOrders)[number];

export interface LeadGrid {
  /** The leads of each column from above; columns follow each other in time. */
  readonly columns: readonly (readonly string[])[];
  /** Leads over the whole width, below the columns. */
  readonly strips: readonly string[];
}

const rowsOf: Readonly<Record<SheetLayout, number>> = { '3x4+rhythm': 3, '6x2': 6, '12x1': 12 };

/** A sheet shows this many leads and no more; trace.ts allows as many in a recording. */
export const maxLeads = 64;

/**
 * Where each lead stands. What was recorded besides the twelve follows over the whole width, so that no lead is
 * hidden. A recording with fewer than six of the twelve (a Holter, a monitor) has one row for each of its leads.
 * A standard lead that is missing keeps its place, empty.
 * @param present codes of the recording's leads, in its order
 * @param rhythm the lead of the rhythm strip where there is one
 */
export function leadGrid(
  present: readonly string[],
  layout: SheetLayout,
  order: LeadOrder = 'standard',
  rhythm = 'II',
): LeadGrid {
  const known = [...new Set(present)].slice(0, maxLeads);
  const others = known.filter((code) => !isStandardLead(code) && code !== '-aVR');
  if (known.length - others.length < 6) return { columns: [known], strips: [] };
  const leads: readonly string[] = order === 'cabrera' ? cabreraLeads : twelveLeads;
  const rows = rowsOf[layout];
  const columns = Array.from({ length: leads.length / rows }, (_, i) => leads.slice(i * rows, (i + 1) * rows));
  const strip = known.includes(rhythm) ? rhythm : (known.find((code) => isStandardLead(code)) ?? rhythm);
  return { columns, strips: [...(layout === '3x4+rhythm' ? [strip] : []), ...others] };
}
