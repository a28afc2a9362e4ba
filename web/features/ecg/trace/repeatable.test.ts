import { expect, test } from 'vitest';
import { repeatable } from './repeatable.ts';

const row = (id: string, minute: number, more: object = {}) => ({
  ...{ id, patientId: 'p', studyInstanceUid: 's', orderId: 'o', replacesTraceId: null, replacedByTraceId: null },
  acquiredAt: `2026-11-22T08:${String(minute).padStart(2, '0')}:00+08:00`,
  receivedAt: `2026-11-22T01:${String(minute).padStart(2, '0')}:00Z`,
  ...more,
});
const idsFor = (one: ReturnType<typeof row>, others: Array<ReturnType<typeof row>>) =>
  repeatable(one, [one, ...others]).map(({ id }) => id);

test('earlier ones of the same person are offered, those of the same request first', () => {
  const shown = row('new', 10);
  expect(idsFor(shown, [row('elder', 1), row('bad', 5), row('old', 7, { orderId: 'x' })])).toEqual([
    'bad',
    'elder',
    'old',
  ]);
  expect(idsFor(shown, [row('after', 12), row('stranger', 5, { patientId: 'q' })])).toEqual([]);
  expect(idsFor(shown, [row('unmatched', 5, { patientId: null })])).toEqual([]);
});

test('a cart whose clock is wrong hides nothing that came before', () => {
  expect(idsFor(row('new', 10), [row('fast', 5, { acquiredAt: '2027-01-01T00:00:00+08:00' })])).toEqual(['fast']);
});

test('what is repeated already is not offered, nor what repeats this one', () => {
  const shown = row('new', 10, { replacedByTraceId: 'newer' });
  const newer = row('newer', 9, { replacesTraceId: 'new', replacedByTraceId: 'newest' });
  const newest = row('newest', 8, { replacesTraceId: 'newer' });
  expect(idsFor(shown, [newer, newest, row('done', 3, { replacedByTraceId: 'x' }), row('bad', 2)])).toEqual(['bad']);
});

test('of somebody who is not known yet, those of the same study', () => {
  const shown = row('new', 10, { patientId: null });
  const same = row('bad', 5, { patientId: null });
  expect(idsFor(shown, [same, row('other', 5, { patientId: null, studyInstanceUid: 't' })])).toEqual(['bad']);
});
