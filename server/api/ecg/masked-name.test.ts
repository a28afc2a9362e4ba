import { expect, test } from 'vitest';
import { maskedName } from './masked-name.ts';

test.each([
  ['张三', '张*'],
  ['欧阳雪梅', '欧***'],
  ['Aleksandra Kowalska', 'A***'],
  ['王', '王*'],
  ['', ''],
])('%s is shown as %s', (name, masked) => expect(maskedName(name)).toBe(masked));
