import { expect, test } from 'vitest';
import { takenOverFrom } from './taken-over.ts';

const at = '2026-03-01T06:00:00.000Z';
const event = (kind: string, byName: string | null, reason: string | null = null) => ({ at, kind, byName, reason });
const claimed = event('claimed', '陈雨桐');
const taken = event('taken-over', '周志强', '去抢救');

test('a take-over is told, also when who took the case has long signed', () => {
  const signed = [event('claimed', '周志强'), event('submitted', '周志强')];
  expect(takenOverFrom('陈雨桐', [event('sent', '李文军'), claimed, taken, ...signed])).toBe(taken);
});

test('one that was before one’s own last claim is over', () => {
  expect(takenOverFrom('陈雨桐', [claimed, taken, event('released', '周志强'), claimed])).toBeUndefined();
});

test('a hold that ran out was not taken', () => {
  expect(takenOverFrom('陈雨桐', [claimed, event('lease-expired', null)])).toBeUndefined();
  expect(takenOverFrom('陈雨桐', [taken])).toBeUndefined();
});
