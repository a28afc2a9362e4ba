import { expect, test } from 'vitest';
import { isUnstorable } from './unstorable.ts';

const withinPrisma = (originalCode: string) =>
  Object.assign(new Error('Database error'), {
    ...{ code: 'P2039', meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode } } } },
  });

test.each(['22021', '22P05', '22008', '22009', '22003'])('%s is about the value, from Prisma or the driver', (code) => {
  expect(isUnstorable(withinPrisma(code))).toBe(true);
  expect(isUnstorable(Object.assign(new Error('no'), { code }))).toBe(true);
});

test.each(['23505', '42601', '57P01', '22012', ''])('%s is not', (code) => {
  expect(isUnstorable(withinPrisma(code))).toBe(false);
  expect(isUnstorable({ code: '22021' })).toBe(false);
});
