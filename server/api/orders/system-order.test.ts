import { expect, test } from 'vitest';
import { digestOf, joinedOrders, readSystemOrder, type UncheckedOrder } from './system-order.ts';

const given: UncheckedOrder = {
  placerNumber: 'P1',
  patient: {
    identifiers: [
      { type: 'mrn', value: '1' },
      { type: 'passport', issuer: 'CN', value: '2' },
    ],
    name: '张三',
  },
  exams: [{ examCode: 'CHEST' }],
  urgency: 'routine',
  purpose: '排除肺炎',
  history: '咳嗽',
  diagnosisCode: 'R05',
  diagnosisText: '咳嗽',
  consent: { signer: '张三', relation: 'self', method: 'written', givenAt: '2026-11-22T09:00:00+08:00' },
};
const order = (changes: UncheckedOrder = {}) => readSystemOrder({ ...given, ...changes });
const refusal = (changes: UncheckedOrder) => {
  try {
    return order(changes);
  } catch (cause) {
    return cause;
  }
};

test('names every part that is missing; a consent alone is a consent that is missing', () => {
  expect(refusal({ purpose: undefined, consent: undefined })).toMatchObject({
    code: 'bad-input',
    details: { fields: [{ field: 'purpose' }, { field: 'consent' }] },
  });
  expect(refusal({ consent: undefined })).toMatchObject({ code: 'consent-missing' });
  expect(refusal({ patient: {} })).toMatchObject({ details: { fields: [{ field: 'patient.identifiers' }] } });
});

test('a repeat says the same in other words', () => {
  const { identifiers } = order().patient;
  const patient = { ...order().patient, identifiers: [...identifiers].reverse(), phone: '139', address: '黄羊镇' };
  const consent = { ...order().consent, givenAt: '2026-11-22T01:00:00Z' };
  expect(digestOf(order({ patient, consent, placerSystem: 'urn:x' }))).toBe(digestOf(order()));
});

test.each<UncheckedOrder>([
  { history: '发热' },
  { urgency: 'urgent' },
  { exams: [{ examCode: 'CHEST' }, { examCode: 'HAND', laterality: 'left' }] },
  { patient: { identifiers: [{ type: 'mrn', value: '3' }], name: '张三' } },
  { consent: { ...(given.consent as object), signer: '李四', relation: 'spouse' } },
  { centreCode: 'C01' },
])('another request does not: %j', (changes) => {
  expect(digestOf(order(changes))).not.toBe(digestOf(order()));
});

test('requests under one number are one order, each exam with its place', () => {
  const hand = order({ exams: [{ examCode: 'HAND', laterality: 'left' }] });
  const joined = joinedOrders([order(), order({ placerNumber: 'P2' }), hand]);
  expect(joined.map(({ order: one, at }) => [one.placerNumber, one.exams.map(({ examCode }) => examCode), at])).toEqual(
    [
      ['P1', ['CHEST', 'HAND'], [0, 2]],
      ['P2', ['CHEST'], [1]],
    ],
  );
});

test('which must agree, and cannot be without end', () => {
  expect(() => joinedOrders([order(), order({ history: '发热' })])).toThrow(
    expect.objectContaining({ details: { fields: [expect.objectContaining({ field: '1.history' })] } }),
  );
  expect(() => joinedOrders(Array.from({ length: 11 }, () => order()))).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  );
});
