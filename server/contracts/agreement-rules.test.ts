import { expect, test } from 'vitest';
import { agreementStanding, dayIn, isInForce } from './agreement-rules.ts';

const today = '2026-11-22';
const agreement = (changes: object = {}) => ({
  id: 'a',
  state: 'signed',
  lines: ['imaging'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  ...changes,
});

test('an agreement that is signed, in date and covers the line is the answer', () => {
  const own = agreement();
  expect(agreementStanding([own], 'imaging', today)).toEqual({ agreement: own, missing: null });
});

test('both days of an agreement belong to it', () => {
  expect(agreementStanding([agreement({ validFrom: today })], 'imaging', today).missing).toBeNull();
  expect(agreementStanding([agreement({ validTo: today })], 'imaging', today).missing).toBeNull();
});

test.each([
  ['no-agreement', []],
  ['not-signed', [agreement({ state: 'draft' })]],
  ['not-yet-valid', [agreement({ validFrom: '2026-11-23' })]],
  ['expired', [agreement({ validTo: '2026-11-21' })]],
  ['expired', [agreement({ state: 'ended' })]],
  ['line-not-covered', [agreement({ lines: ['ecg'] })]],
])('says %s', (missing, agreements) => {
  expect(agreementStanding(agreements, 'imaging', today)).toEqual({ agreement: null, missing });
});

test('of several that lack something, the nearest is named', () => {
  const expired = agreement({ validTo: '2026-01-02' });
  const draft = agreement({ state: 'draft' });
  const otherLine = agreement({ lines: ['ecg'] });
  expect(agreementStanding([expired, draft], 'imaging', today).missing).toBe('not-signed');
  expect(agreementStanding([expired, draft, otherLine], 'imaging', today).missing).toBe('line-not-covered');
});

test('of several in force, the one that lasts longest is taken', () => {
  const long = agreement({ id: 'long', validTo: '2027-12-31' });
  expect(agreementStanding([agreement(), long, agreement()], 'imaging', today).agreement?.id).toBe('long');
});

test('in force says nothing about lines', () => {
  expect(isInForce(agreement(), today)).toBe(true);
  expect(isInForce(agreement({ state: 'draft' }), today)).toBe(false);
});

test('a day is that of the place', () => {
  const lateEvening = new Date('2026-11-21T17:00:00Z');
  expect(dayIn('Asia/Shanghai', lateEvening)).toBe('2026-11-22');
  expect(dayIn('UTC', lateEvening)).toBe('2026-11-21');
});
