import type { SiteFinding } from '@lianzhen/contracts/site-check-rules.ts';
import { expect, test } from 'vitest';
import { wholeOf } from './whole-of.ts';

const fine: SiteFinding = { item: 'browser', verdict: 'pass', advice: 'fine' };
const untried: SiteFinding = { item: 'camera', verdict: 'skipped', advice: 'not-tried' };
const closed: SiteFinding = { item: 'udp', verdict: 'fail', advice: 'all-closed' };

test('nobody is ready before anything was tried', () => {
  expect(wholeOf([fine, untried], false)).toBe('skipped');
  expect(wholeOf([fine, untried], true)).toBe('pass');
});

test('a fault is told as soon as it is found', () => {
  expect(wholeOf([fine, closed, untried], false)).toBe('fail');
});
