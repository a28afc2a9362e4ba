import { type Code, localSystem } from './codes.ts';
import type { SystemCode } from './ecg-codes.ts';
import { components, type Hl7 } from './hl7-text.ts';

/** What one OBX says. */
export interface Observation {
  type: 'FT' | 'CE' | 'NM' | 'ST' | 'TS';
  code: Code;
  system: SystemCode['system'] | 'DCM';
  /** The same in another system: OBX-3.4 to 3.6. */
  alternate?: SystemCode | undefined;
  value: Hl7;
  /** OBX-6, UCUM. */
  unit?: Code | undefined;
  /** OBX-17, PS3.16. */
  method?: Code | undefined;
  /** OBX-4: tells rows of one code apart. */
  sub?: string;
  /** OBX-8, table 0078. */
  flag?: 'N' | 'A' | 'AA';
}

/** OBX-3. */
export function identifier({ code, system, alternate }: Observation): Hl7 {
  const other = alternate ? [alternate.code, alternate.text, alternate.system] : [];
  return components(code.code, code.text, system, ...other);
}

export const local = (type: Observation['type'], code: Code, shown: Hl7): Observation => ({
  type,
  code,
  system: localSystem,
  value: shown,
});
