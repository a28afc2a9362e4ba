const chest = (prefix: string) => ['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7'].map((lead) => prefix + lead);
const right = (prefix: string) => ['V2R', 'V3R', 'V4R', 'V5R', 'V6R', 'V7R'].map((lead) => prefix + lead);
/** Twenty-three leads as they come in both of the blocks 1 to 23 and 31 to 53. */
const block = (prefix: string) => [
  ...['I', 'II'].map((lead) => prefix + lead),
  ...chest(prefix),
  ...right(prefix),
  ...['X', 'Y', 'Z', 'CC5', 'CM5', 'LA', 'RA', 'LL'].map((lead) => prefix + lead),
];
const foetal = (prefix: string) => ['fI', 'fE', 'fC', 'fA', 'fM', 'fF', 'fH'].map((lead) => prefix + lead);

/** Lead identification codes 1 to 78 of EN 1064, table 4 (5.6.3), at the index that is their code. */
const names: readonly string[] = [
  '',
  ...block(''),
  ...foetal(''),
  ...block('d'),
  ...foetal('d'),
  ...['III', 'aVR', 'aVL', 'aVF', '-aVR', 'V8', 'V9', 'V8R', 'V9R'],
  ...['D', 'A', 'J', 'Defib', 'Extern', 'A1', 'A2', 'A3', 'A4'],
];
const firstComputed = 31;
const lastComputed = 60;

export interface NamedLead {
  /** As leads.ts spells it where that knows the lead. */
  readonly code: string;
  /** The leads with a d before their name were computed from others by the recorder. */
  readonly derived: boolean;
}

/** The lead of an identification code; undefined where the table has none. */
export function leadOf(id: number): NamedLead | undefined {
  const code = names[id];
  if (!code) return undefined;
  return { code, derived: id >= firstComputed && id <= lastComputed };
}

/** The code under which a lead is stored, for a name of the table. */
export const leadIdOf = (code: string): number => names.indexOf(code);
