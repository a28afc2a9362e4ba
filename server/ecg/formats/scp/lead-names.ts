/** Codes 1 to 30 of EN 1064, table 4 (5.6.3), in order: 12-lead and Frank leads, stress leads, electrodes, foetal leads. */
const measured = [
  ...['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V2R', 'V3R', 'V4R', 'V5R', 'V6R', 'V7R'],
  ...['X', 'Y', 'Z', 'CC5', 'CM5', 'LA', 'RA', 'LL', 'fI', 'fE', 'fC', 'fA', 'fM', 'fF', 'fH'],
];
/** Codes 61 to 78. */
const furtherMeasured = [
  ...['III', 'aVR', 'aVL', 'aVF', '-aVR', 'V8', 'V9', 'V8R', 'V9R'],
  ...['D', 'A', 'J', 'Defib', 'Extern', 'A1', 'A2', 'A3', 'A4'],
];
const from = (first: number, codes: readonly string[], derived: boolean) =>
  codes.map((code, index) => [first + index, { code, derived }] as const);

/** The leads 31 to 60 and 111 to 114 are those of the same names, computed from other leads by the recorder. */
const leads: ReadonlyMap<number, NamedLead> = new Map([
  ...from(1, measured, false),
  ...from(31, measured, true),
  ...from(61, furtherMeasured, false),
  ...from(111, ['III', 'aVR', 'aVL', 'aVF'], true),
  ...from(131, ['ES', 'AS', 'AI'], false),
]);

export interface NamedLead {
  /** As leads.ts spells it where that knows the lead. */
  readonly code: string;
  readonly derived: boolean;
}

/** The lead of an identification code; undefined where the table has none. */
export const leadOf = (id: number): NamedLead | undefined => leads.get(id);
