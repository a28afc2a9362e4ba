import { expect, test } from 'vitest';
import { claimOf, type Reader } from './claim-rules.ts';

const now = new Date('2026-03-01T10:00:00Z');
const resident: Reader = { accountId: 'r', title: 'resident', mayClaim: true, mayReview: false };
const senior: Reader = { accountId: 's', title: 'attending', mayClaim: true, mayReview: true };
const free = { state: 'ready', holder: null, writerId: null } as const;
const heldBy = (accountId: string, until: string) => ({ accountId, name: accountId, purpose: 'read', until }) as const;

test('a free case is read, a written one reviewed', () => {
  expect(claimOf(free, resident, now)).toEqual({ can: 'read' });
  expect(claimOf({ ...free, state: 'rejected', writerId: 'r' }, resident, now)).toEqual({ can: 'read' });
  expect(claimOf({ ...free, state: 'submitted', writerId: 'r' }, senior, now)).toEqual({ can: 'review' });
});

test('nobody reviews what he wrote, nor without the title', () => {
  expect(claimOf({ ...free, state: 'submitted', writerId: 's' }, senior, now)).toMatchObject({ why: 'own-report' });
  expect(claimOf({ ...free, state: 'submitted', writerId: 'x' }, resident, now)).toMatchObject({ why: 'not-senior' });
});

test('what is held is its holder’s while the lease lives', () => {
  const held = { ...free, state: 'reading', holder: heldBy('s', '2026-03-01T10:01:00Z') } as const;
  expect(claimOf(held, senior, now)).toEqual({ can: 'continue' });
  expect(claimOf(held, resident, now)).toMatchObject({ why: 'held' });
  expect(claimOf({ ...held, holder: heldBy('s', '2026-03-01T09:59:00Z') }, resident, now)).toEqual({ can: 'read' });
});

test('what waits for images or is signed is not claimed', () => {
  expect(claimOf({ ...free, state: 'waiting' }, senior, now)).toMatchObject({ why: 'not-now' });
  expect(claimOf({ ...free, state: 'reported' }, senior, now)).toMatchObject({ why: 'not-now' });
  expect(claimOf(free, { ...resident, mayClaim: false }, now)).toMatchObject({ why: 'not-allowed' });
});
