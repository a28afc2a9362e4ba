import { expect, test } from 'vitest';
import { ConsultationBody } from './consultation-request.ts';

const id = '018f0000-0000-7000-8000-000000000001';
const body = {
  ...{ facilityId: id, patientId: id, reason: '事由', purpose: '目的', summary: '摘要' },
  ...{ time: { kind: 'immediate' }, specialty: 'radiology', title: 'chief' },
  ...{ invitees: [{ facilityId: id }], attachments: {} },
  consent: { signer: '张三', relation: 'self', method: 'written', givenAt: '2026-11-22T09:00:00+08:00' },
};
const wrong = (changes: object): string[] => {
  const parsed = ConsultationBody.safeParse({ ...body, ...changes });
  return parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].sort();
};

test('what the 2014 opinion asks for is enough', () => {
  expect(wrong({})).toEqual([]);
});

test('each missing item is named, all at once', () => {
  const required = ['reason', 'purpose', 'time', 'summary', 'specialty', 'title', 'consent', 'invitees'];
  for (const field of required) expect(wrong({ [field]: undefined })).toEqual([field]);
  for (const field of ['reason', 'purpose', 'summary']) expect(wrong({ [field]: ' \n' })).toEqual([field]);
  const none = Object.fromEntries(required.map((field) => [field, undefined]));
  expect(wrong(none)).toEqual([...required].sort());
});

test('an appointment has a time, and nothing is without bounds', () => {
  expect(wrong({ time: { kind: 'appointment' } })).toEqual(['time']);
  expect(wrong({ invitees: [] })).toEqual(['invitees']);
  expect(wrong({ invitees: Array(11).fill({ facilityId: id }) })).toEqual(['invitees']);
  expect(wrong({ summary: '长'.repeat(8001) })).toEqual(['summary']);
  expect(wrong({ reason: '\u0000' })).toEqual(['reason']);
});
