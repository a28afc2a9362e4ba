import { expect, test } from 'vitest';
import { consentProblems } from './consent-rules.ts';

const now = new Date('2026-11-22T02:00:00Z');
const given = {
  consent: { signer: '张三', relation: 'self', method: 'written', givenAt: '2026-11-22T09:00:00+08:00' },
  urgency: 'routine',
} as const;
const fields = (consent: object, urgency: 'routine' | 'emergency' = 'routine') =>
  consentProblems({ consent: { ...given.consent, ...consent }, urgency }, '张三', now).map(({ field }) => field);

test('the patient signs for himself, however his name is spaced', () => {
  expect(fields({})).toEqual([]);
  expect(fields({ signer: ' 张 三' })).toEqual([]);
});

test('whoever signs for another says as whom', () => {
  expect(fields({ signer: '张大' })).toEqual(['consent.relation']);
  expect(fields({ signer: '张大', relation: 'guardian' })).toEqual([]);
});

test('consent waits only in an emergency', () => {
  expect(fields({ method: 'emergency' })).toEqual(['consent.method']);
  expect(fields({ method: 'emergency' }, 'emergency')).toEqual([]);
});

test('a consent of tomorrow is none', () => {
  expect(fields({ givenAt: '2026-11-23T09:00:00+08:00' })).toEqual(['consent.givenAt']);
});

test('names everything that is wrong at once', () => {
  expect(fields({ signer: '张大', method: 'emergency' })).toEqual(['consent.relation', 'consent.method']);
});
