import { checkIdentity } from '@lianzhen/contracts/patient-rules.ts';
import { PatientBody } from '@lianzhen/contracts/patients.ts';
import { expect, test } from 'vitest';
import { bodyOfPatient, isWrongNumber, mergeTyped, TypedPatient, withIdCardFacts, wrongIn } from './typed-patient.ts';

// The example number of GB 11643-1999.
const card = '11010519491231002X';
const typed = (value: string, more: Partial<TypedPatient> = {}) =>
  TypedPatient.parse({ name: '王秀英', identifiers: [{ type: 'id-card', issuer: '', value }], ...more });

test('a valid ID card gives sex and birth date, over what was typed', () => {
  expect(withIdCardFacts(typed(card.toLowerCase(), { sex: 'male', birthDate: '1990-01-01' }))).toMatchObject({
    sex: 'female',
    birthDate: '1949-12-31',
  });
});

test('an unfinished number is not yet wrong; a whole one with a wrong check digit is', () => {
  const number = (value: string) => ({ type: 'id-card' as const, issuer: '', value });
  expect(isWrongNumber(number(card.slice(0, 12)))).toBe(false);
  expect(isWrongNumber(number('110105194912310021'))).toBe(true);
  expect(isWrongNumber(number('1101**********002X'))).toBe(false);
});

test('what is missing is named, and an unfinished number cannot be sent', () => {
  expect(wrongIn(TypedPatient.parse({}))).toEqual(['name', 'sex', 'identifiers']);
  expect(wrongIn(typed(card.slice(0, 17), { sex: 'female' }))).toEqual(['identifiers']);
  expect(bodyOfPatient(typed(card.slice(0, 17), { sex: 'female' }))).toBeUndefined();
});

test('a number of one’s own facility needs its issuer; national numbers have theirs', () => {
  const record = { type: 'mrn' as const, issuer: '', value: '2026-0101' };
  expect(wrongIn(typed(card, { sex: 'female', identifiers: [record] }))).toEqual(['identifiers']);
  const body = bodyOfPatient(withIdCardFacts(typed(`${card.slice(0, 6)} ${card.slice(6)}`)));
  expect(body?.identifiers).toEqual([{ type: 'id-card', issuer: 'CN', value: card }]);
});

test('what the form sends passes the contract and the identity check', () => {
  const body = bodyOfPatient(withIdCardFacts(typed(card)));
  expect(PatientBody.safeParse(body).error).toBeUndefined();
  expect(() => checkIdentity(PatientBody.parse(body))).not.toThrow();
});

test('two people’s corrections are joined; what both changed stays mine and is named', () => {
  const base = TypedPatient.parse({ name: '王秀英', phone: '1', address: 'a', birthDate: '1949-12-31' });
  const mine = { ...base, address: 'mine', birthDate: '1950-01-01' };
  const theirs = { ...base, phone: '2', address: 'theirs', birthDate: '1950-01-01' };
  expect(mergeTyped(base, mine, theirs)).toEqual({
    value: { ...base, phone: '2', address: 'mine', birthDate: '1950-01-01' },
    conflicts: ['address'],
  });
});
