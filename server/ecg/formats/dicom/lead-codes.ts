import { leadCode } from '../../leads.ts';

/** Numbers of the lead terms of ISO/IEEE 11073-10101, partition 2 (PS3.16 CID 3001); SCP-ECG numbers its leads the same way. */
const numbered: Readonly<Record<number, string>> = {
  1: 'I',
  2: 'II',
  3: 'V1',
  4: 'V2',
  5: 'V3',
  6: 'V4',
  7: 'V5',
  8: 'V6',
  9: 'V7',
  10: 'V2R',
  11: 'V3R',
  12: 'V4R',
  13: 'V5R',
  14: 'V6R',
  15: 'V7R',
  16: 'X',
  17: 'Y',
  18: 'Z',
  19: 'CC5',
  20: 'CM5',
  21: 'LA',
  22: 'RA',
  23: 'LL',
  61: 'III',
  62: 'aVR',
  63: 'aVL',
  64: 'aVF',
  65: '-aVR',
  66: 'V8',
  67: 'V9',
  68: 'V8R',
  69: 'V9R',
  131: 'ES',
  132: 'AS',
  133: 'AI',
};
/** "Derived Lead ..." of the same table. */
const derivedNumbers: Readonly<Record<number, string>> = {
  31: 'I',
  32: 'II',
  33: 'V1',
  34: 'V2',
  35: 'V3',
  36: 'V4',
  37: 'V5',
  38: 'V6',
  111: 'III',
  112: 'aVR',
  113: 'aVL',
  114: 'aVF',
};
const numbers = new Map(Object.entries(numbered).map(([number, code]) => [code, Number(number)]));
const MDC_PARTITION_2 = 131_072;

export interface NamedLead {
  /** As leads.ts spells it; null where the source cannot be read as a lead. */
  readonly code: string | null;
  readonly derived: boolean;
}

/** `2:61`, `131133`, `5.6.3-9-61`, each the number 61. */
function termNumber(value: string): number | undefined {
  const short = /^(?:2:|5\.6\.3-9-)(\d{1,3})$/.exec(value);
  if (short) return Number(short[1]);
  const long = /^\d{6}$/.test(value) ? Number(value) - MDC_PARTITION_2 : 0;
  return long > 0 && long < 1000 ? long : undefined;
}

const recognised = (code: string) => numbers.has(code);

/** `Lead I (Einthoven)`, `aVR, augmented voltage, right`, `Derived Lead III`. */
function fromMeaning(text: string): NamedLead | undefined {
  const plain = text.replace(/[(,].*$/s, '').trim();
  const derived = /^derived\s+/i.test(plain);
  const code = leadCode(plain.replace(/^derived\s+/i, ''));
  return recognised(code) ? { code, derived } : undefined;
}

/**
 * The lead that a channel source names: by the number of its code whatever the scheme calls itself (MDC, SCPECG and
 * their older names share them), by its reference id, by its meaning, and last by the label of the channel. A label or
 * meaning that is no known lead is kept as the recorder's own name.
 */
export function leadOfSource(source: { value: string; meaning: string; label: string }): NamedLead {
  const number = termNumber(source.value.trim());
  if (number !== undefined) {
    const code = numbered[number];
    if (code) return { code, derived: false };
    const derived = derivedNumbers[number];
    if (derived) return { code: derived, derived: true };
  }
  const named = leadCode(source.value);
  if (recognised(named)) return { code: named, derived: false };
  const read = fromMeaning(source.meaning) ?? fromMeaning(source.label);
  if (read) return read;
  const own = (source.label || source.meaning || source.value).trim();
  return { code: own === '' ? null : leadCode(own), derived: false };
}

const augmented: Readonly<Record<string, string>> = {
  aVR: 'aVR, augmented voltage, right',
  aVL: 'aVL, augmented voltage, left',
  aVF: 'aVF, augmented voltage, foot',
};

/** The code that a channel source is written with: of CID 3001, or our own for a lead that is not in it. */
export function sourceOfLead(code: string): { value: string; scheme: string; meaning: string } {
  const number = numbers.get(code);
  if (number === undefined) return { value: 'LEAD', scheme: '99LIANZHEN', meaning: code };
  return { value: `2:${number}`, scheme: 'MDC', meaning: augmented[code] ?? `Lead ${code}` };
}

export const isKnownLead = recognised;
