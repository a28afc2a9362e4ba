import { expect, test } from 'vitest';
import { orderProgress, type ProgressFacts } from './order-progress.ts';

const now = new Date('2026-11-22T02:00:00Z');
const facts = (changes: Partial<ProgressFacts> = {}): ProgressFacts => ({
  orderState: 'submitted',
  returnedKind: null,
  caseState: 'ready',
  isQuarantined: false,
  isSigned: false,
  requestingFacility: '镇卫生院',
  centre: '影像中心',
  holder: null,
  writer: null,
  readyAt: new Date('2026-11-22T01:00:00Z'),
  dueAt: new Date('2026-11-22T03:00:00Z'),
  deadlineMinutes: 120,
  ahead: 3,
  ...changes,
});

test.each<[Partial<ProgressFacts>, string, string, string | null]>([
  [{ caseState: 'waiting' }, 'waiting-for-images', 'images', '镇卫生院'],
  [{ caseState: 'waiting', isQuarantined: true }, 'in-quarantine', 'identity-decision', '镇卫生院'],
  [{ caseState: 'ready' }, 'in-queue', 'reader', '影像中心'],
  [{ caseState: 'reading', holder: '王医生' }, 'being-read', 'reader', '王医生'],
  [{ caseState: 'rejected', writer: '王医生' }, 'being-read', 'reader', '王医生'],
  [{ caseState: 'submitted', writer: '王医生' }, 'in-review', 'reviewer', '影像中心'],
  [{ caseState: 'reviewing', holder: '赵主治' }, 'in-review', 'reviewer', '赵主治'],
  [{ caseState: 'reported', orderState: 'completed', isSigned: true }, 'reported', 'nothing', null],
  [
    { caseState: 'returned', orderState: 'returned', returnedKind: 'missing-data' },
    'returned',
    'supplement',
    '镇卫生院',
  ],
  [{ caseState: 'returned', orderState: 'returned', returnedKind: 'bad-quality' }, 'returned', 'images', '镇卫生院'],
  [{ caseState: 'withdrawn', orderState: 'withdrawn' }, 'withdrawn', 'nothing', null],
])('%o', (changes, step, waitsFor, holder) => {
  expect(orderProgress(facts(changes), now)).toMatchObject({ step, waitsFor, holder });
});

test('the number ahead is told only while the case stands in the queue', () => {
  expect(orderProgress(facts(), now).ahead).toBe(3);
  expect(orderProgress(facts({ caseState: 'reading' }), now).ahead).toBeNull();
});

test('a signed report stays the answer while its correction is written', () => {
  const amended = facts({ caseState: 'reading', orderState: 'completed', isSigned: true, holder: '赵主治' });
  expect(orderProgress(amended, now)).toMatchObject({ step: 'reported', waitsFor: 'reader', holder: '赵主治' });
});

test('overdue means: owed, and past its time', () => {
  const past = { dueAt: new Date('2026-11-22T01:59:59Z') };
  expect(orderProgress(facts(past), now).isOverdue).toBe(true);
  expect(orderProgress(facts(), now).isOverdue).toBe(false);
  expect(orderProgress(facts({ dueAt: null }), now).isOverdue).toBe(false);
  const reported = { ...past, caseState: 'reported', orderState: 'completed', isSigned: true };
  expect(orderProgress(facts(reported), now).isOverdue).toBe(false);
  expect(orderProgress(facts({ ...past, orderState: 'returned' }), now).isOverdue).toBe(false);
});
