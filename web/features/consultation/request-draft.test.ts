import { expect, test } from 'vitest';
import { bodyOf, RequestDraft, requestDrafts, requestFields } from './request-draft.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const whole = RequestDraft.parse({
  facilityId: id(1),
  patientId: id(2),
  reason: '左肺下叶占位',
  purpose: '定性',
  summary: '咳嗽两周',
  specialty: 'radiology',
  title: 'chief',
  invitees: [{ facilityId: id(3), expertId: id(4) }],
  consent: { signer: '王某', relation: 'self', method: 'written', givenAt: '2026-11-22T06:00:00Z' },
});

test('a complete request has everything that the contract asks for', () => {
  expect(bodyOf(whole)).toMatchObject({ body: { time: { kind: 'immediate' }, attachments: { studyIds: [] } } });
});

test('an empty one names every missing item, in the order of the form', () => {
  expect(bodyOf(RequestDraft.parse({ facilityId: id(1) }))).toEqual({
    missing: requestFields.filter((field) => field !== 'time'),
  });
});

test('an appointment needs its hour', () => {
  expect(bodyOf({ ...whole, time: { kind: 'appointment', at: '' } })).toEqual({ missing: ['time'] });
  const at = '2026-11-23T01:00:00.000Z';
  expect(bodyOf({ ...whole, time: { kind: 'appointment', at } })).toMatchObject({ body: { time: { at } } });
});

test('of a draft of another page what is understood is taken', () => {
  const draft = RequestDraft.parse({
    reason: 7,
    invitees: 'x',
    attachments: { studyIds: [id(5)] },
    specialty: 'magic',
  });
  expect(draft).toMatchObject({ reason: '', invitees: [], specialty: null, attachments: { studyIds: [id(5)] } });
});

test('a request that was only opened holds nothing worth keeping', () => {
  const opened = RequestDraft.parse({ key: 'k', facilityId: 'f' });
  expect(requestDrafts.hasContent(opened)).toBe(false);
  expect(requestDrafts.hasContent({ ...opened, reason: '结节' })).toBe(true);
});
