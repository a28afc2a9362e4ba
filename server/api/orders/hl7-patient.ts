import { readIdCard } from '@lianzhen/contracts/id-card.ts';
import type { Identifier, Sex } from '@lianzhen/contracts/patients.ts';
import type { Segment } from '../mllp/segments.ts';
import { dayOf } from './hl7-time.ts';
import { joinedName } from './person-name.ts';

/** HL7 table 0203, and the codes that the hub's own results carry. Visits and accounts are no numbers of a person. */
const types: Record<string, Identifier['type']> = {
  NNCHN: 'id-card',
  NI: 'id-card',
  HC: 'health-card',
  JHN: 'health-card',
  PPN: 'passport',
  BCT: 'birth-certificate',
  BC: 'birth-certificate',
  MR: 'mrn',
  PI: 'mrn',
  PT: 'mrn',
  U: 'other',
};

/** HL7 table 0001. */
const sexes: Record<string, Sex> = {
  M: 'male',
  F: 'female',
  U: 'unknown',
  '': 'unknown',
  O: 'unstated',
  N: 'unstated',
};

/** PID as the hub takes it; what is missing or wrong is found out by whoever checks it. */
export function hl7Patient(pid: Segment | undefined): Record<string, unknown> | undefined {
  if (!pid) return undefined;
  const sex = pid.text(8).toUpperCase();
  return {
    identifiers: Array.from({ length: pid.count(3) }, (_, at) => identifierOf(pid, at + 1)).filter(Boolean),
    name: hl7Name(pid, 5) || undefined,
    sex: sexes[sex] ?? sex,
    birthDate: dayOf(pid.text(7)),
    phone: pid.text(13, 12) || pid.text(13) || undefined,
    address: [4, 3, 1, 2].map((part) => pid.text(11, part)).join('') || undefined,
  };
}

function identifierOf(pid: Segment, which: number) {
  const value = pid.text(3, 1, which);
  const code = pid.text(3, 5, which).toUpperCase();
  const [issuer = ''] = pid.parts(3, 4, which);
  // The hub's own number of the patient, sent back: it is none of the hospital's.
  if (value === '' || (code === 'PI' && issuer === 'LIANZHEN')) return undefined;
  const type = code === '' ? (readIdCard(value.toUpperCase()) ? 'id-card' : 'mrn') : types[code];
  return type && { type, issuer, value };
}

/** A name written in characters is one word; the ideographic one is taken where several are given. */
export function hl7Name(segment: Segment, field: number): string {
  const names = Array.from({ length: segment.count(field) }, (_, at) => {
    const [family = ''] = segment.parts(field, 1, at + 1);
    return joinedName([family, segment.text(field, 2, at + 1), segment.text(field, 3, at + 1)]);
  });
  return names.find((name) => /\p{Script=Han}/u.test(name)) ?? names[0] ?? '';
}
