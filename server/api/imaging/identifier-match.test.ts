import { expect, test } from 'vitest';
import { fits, onlyRequested } from './identifier-match.ts';

test.each([
  ['', 'x', true],
  ['*', '', true],
  ['ZHANG*', 'Zhang^San', true],
  ['*san', 'ZHANG^SAN', true],
  ['张*', '张^三', true],
  ['Z?ANG^SAN', 'ZHANG^SAN', true],
  ['ZHANG', 'ZHANG^SAN', false],
  ['?', '', false],
  ['*a*b', 'xaxbx', false],
])('%s fits %s: %s', (key, value, expected) => {
  expect(fits(key, value)).toBe(expected);
});

test('a pattern made to be slow is not', () => {
  const started = performance.now();
  expect(fits(`${'*a'.repeat(400)}b`, 'a'.repeat(5000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('gives what was asked for, at every depth, and empty what it does not have', () => {
  const item = {
    '00100020': { vr: 'LO', Value: ['1'] },
    '00400100': { vr: 'SQ', Value: [{ '00080060': { vr: 'CS', Value: ['DX'] }, '00400001': { vr: 'AE' } }] },
  };
  expect(onlyRequested(item, { '00100010': { vr: 'PN' }, '00400100': { vr: 'SQ' } })).toEqual({
    '00100010': { vr: 'PN' },
    '00400100': item['00400100'],
  });
  const nested = { '00400100': { vr: 'SQ', Value: [{ '00080060': { vr: 'CS' } }] } };
  expect(onlyRequested(item, nested)).toEqual({
    '00400100': { vr: 'SQ', Value: [{ '00080060': { vr: 'CS', Value: ['DX'] } }] },
  });
});
