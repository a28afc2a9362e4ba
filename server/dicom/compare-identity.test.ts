import { expect, test } from 'vitest';
import { type HeaderIdentity, identityDifferences, type KnownPerson } from './compare-identity.ts';

const header: HeaderIdentity = {
  headerName: { Alphabetic: 'ZHANG^SAN' },
  headerPatientId: 'M1',
  headerSex: 'M',
  headerBirthDate: '19600501',
};
const person: KnownPerson = {
  name: '张三',
  nameAlphabetic: null,
  sex: 'male',
  birthDate: new Date('1960-05-01T00:00:00Z'),
  identifiers: [{ type: 'mrn', value: 'm1' }],
};
const fields = (change: Partial<HeaderIdentity>, who: Partial<KnownPerson> = {}, another = false) =>
  identityDifferences({ ...header, ...change }, { ...person, ...who }, another).map(({ field }) => field);

test('nothing differs where all agree', () => {
  expect(fields({})).toEqual([]);
});

test('each disagreement is named', () => {
  expect(fields({ headerName: { Alphabetic: 'LI^SI' } })).toEqual(['name']);
  expect(fields({ headerSex: 'F' })).toEqual(['sex']);
  expect(fields({ headerBirthDate: '19600502' })).toEqual(['birthDate']);
});

test('what one side does not say is no disagreement', () => {
  expect(fields({ headerSex: null, headerBirthDate: null })).toEqual([]);
  expect(fields({ headerSex: 'O', headerBirthDate: '1960' })).toEqual([]);
  expect(fields({}, { sex: 'unknown', birthDate: null })).toEqual([]);
});

test('without a name only the number can vouch', () => {
  expect(fields({ headerName: null })).toEqual([]);
  expect(fields({ headerName: null, headerPatientId: 'X9' })).toEqual(['name']);
});

test("a machine's own number says nothing; another person's does", () => {
  expect(fields({ headerPatientId: 'X9' })).toEqual([]);
  expect(fields({ headerPatientId: 'X9' }, {}, true)).toEqual(['patientId']);
  const card = { identifiers: [{ type: 'id-card', value: '999999196005010011' }] };
  expect(fields({ headerPatientId: '11010519491231002X' }, card)).toEqual(['patientId']);
});
