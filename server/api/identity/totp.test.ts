import { describe, expect, test } from 'vitest';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

/** RFC 6238 appendix B: the ASCII secret 12345678901234567890 in Base32, SHA-1; the last six of the eight digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a one-time code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is %s', (seconds, code) => {
    expect(totpStep(secret, code, at(seconds), null)).toBe(Math.floor(seconds / 30));
  });

  test('is taken one step early or late, and no more', () => {
    const taken = [-31, -30, 0, 30, 59, 60, 90].map((late) =>
      totpStep(secret, '279037', at(1_999_999_980 + late), null),
    );
    const step = 2_000_000_000 / 30;
    expect(taken).toEqual([undefined, ...Array(4).fill(Math.floor(step)), undefined, undefined]);
  });

  test('is taken once, and after it none that is older', () => {
    const step = totpStep(secret, '279037', at(2_000_000_000), null) ?? 0;
    expect(totpStep(secret, '279037', at(2_000_000_000), step)).toBeUndefined();
    expect(totpStep(secret, '279037', at(2_000_000_000), step + 1)).toBeUndefined();
    expect(totpStep(secret, '279037', at(2_000_000_000), step - 1)).toBe(step);
  });

  test.each(['', '28708', '2870823', '28708a', '２８７０８２', ' 287082', '287082\n', '-87082'])(
    'is not %j',
    (code) => {
      expect(totpStep(secret, code, at(59), null)).toBeUndefined();
    },
  );
});

test('a new secret has 160 bits, is another each time, and is written as apps read it', () => {
  const first = newTotpSecret();
  expect(first).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(first);
  const uri = new URL(totpUri(first, 'township01'));
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.searchParams.get('secret')).toBe(first);
  expect(uri.searchParams.get('issuer')).toBe('Lianzhen');
});
