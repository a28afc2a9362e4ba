import { readIdCard } from '@lianzhen/contracts/id-card.ts';
import { nationalIssuer } from '@lianzhen/contracts/patient-rules.ts';
import { IdentifierType, type PatientBody, Sex } from '@lianzhen/contracts/patients.ts';
import { z } from 'zod';

const text = z.string().catch('').default('');
const TypedIdentifier = z.object({ type: IdentifierType.catch('other'), issuer: text, value: text });
export type TypedIdentifier = z.infer<typeof TypedIdentifier>;

/** A patient as typed so far. It is kept inside a draft, so reading it back takes what is understood. */
export const TypedPatient = z.object({
  name: text,
  sex: Sex.nullable().catch(null).default(null),
  birthDate: text,
  phone: text,
  address: text,
  villageId: z.string().nullable().catch(null).default(null),
  identifiers: z.array(TypedIdentifier).max(10).catch([]).default([]),
});
export type TypedPatient = z.infer<typeof TypedPatient>;

export type PatientField = 'name' | 'sex' | 'birthDate' | 'identifiers';

/** National numbers have one issuer; the others need to say whose number it is. */
export const hasIssuer = (type: IdentifierType): boolean => type !== 'id-card' && type !== 'birth-certificate';

/** The issuer that is most likely meant: one's own facility for its record numbers, the region of the ID card for a health card. */
export function likelyIssuer(type: IdentifierType, facilityCode: string, idCard: string | undefined): string {
  if (type === 'mrn') return facilityCode;
  if (type === 'health-card') return idCard?.slice(0, 6) ?? '';
  return type === 'other' ? '' : nationalIssuer;
}

export const tidy = (value: string): string => value.replace(/\s/g, '').toUpperCase();
export const idCardOf = (patient: TypedPatient): string | undefined =>
  patient.identifiers
    .map(({ type, value }) => (type === 'id-card' ? tidy(value) : ''))
    .find((value) => readIdCard(value));

/** Takes over what a valid ID card says: it outweighs what was typed, which could only be a slip. */
export function withIdCardFacts(patient: TypedPatient): TypedPatient {
  const card = idCardOf(patient);
  const facts = card ? readIdCard(card) : undefined;
  return facts ? { ...patient, sex: facts.sex, birthDate: facts.birthDate } : patient;
}

/** Numbers fail a check only once they are whole; a masked one stands for the number that is recorded. */
export function isWrongNumber({ type, value }: TypedIdentifier): boolean {
  const tidied = tidy(value);
  return type === 'id-card' && tidied.length >= 18 && !tidied.includes('*') && !readIdCard(tidied);
}

export function wrongIn(patient: TypedPatient): PatientField[] {
  const numbers = patient.identifiers.filter(({ value }) => value.trim());
  const isWrong = numbers.some(
    (one) =>
      isWrongNumber(one) ||
      (one.type === 'id-card' && tidy(one.value).length !== 18) ||
      (hasIssuer(one.type) && !one.issuer.trim()),
  );
  return [
    ...(patient.name.trim() ? [] : ['name' as const]),
    ...(patient.sex ? [] : ['sex' as const]),
    ...(patient.birthDate && !z.iso.date().safeParse(patient.birthDate).success ? ['birthDate' as const] : []),
    ...(numbers.length && !isWrong ? [] : ['identifiers' as const]),
  ];
}

/** @returns what is sent, or undefined while something is missing or wrong. */
export function bodyOfPatient(patient: TypedPatient): PatientBody | undefined {
  if (!patient.sex || wrongIn(patient).length) return undefined;
  const identifiers = patient.identifiers
    .filter(({ value }) => value.trim())
    .map(({ type, issuer, value }) => ({
      type,
      issuer: hasIssuer(type) ? issuer.trim() : nationalIssuer,
      value: tidy(value),
    }));
  const { name, sex, birthDate, phone, address, villageId } = patient;
  return { name, sex, birthDate: birthDate || null, phone, address, villageId, identifiers };
}

/**
 * Joins two people's corrections of one record. What only one of them changed is taken over; where both changed the
 * same field to different values, one's own stays and the field is named.
 */
export function mergeTyped(
  base: TypedPatient,
  mine: TypedPatient,
  theirs: TypedPatient,
): { value: TypedPatient; conflicts: (keyof TypedPatient)[] } {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const fields = Object.keys(base) as (keyof TypedPatient)[];
  const untouched = fields.filter((field) => isSame(mine[field], base[field]));
  const taken = Object.fromEntries(untouched.map((field) => [field, theirs[field]]));
  const conflicts = fields.filter(
    (field) => !untouched.includes(field) && !isSame(theirs[field], base[field]) && !isSame(theirs[field], mine[field]),
  );
  return { value: { ...mine, ...taken }, conflicts };
}
