import { expect, test } from 'vitest';
import { worklistName } from './worklist-name.ts';

test.each([
  ['张三', 'ZHANG^SAN', '张^三'],
  ['欧阳修远', 'OUYANG^XIUYUAN', '欧阳^修远'],
  ['单雄信', 'SHAN^XIONGXIN', '单^雄信'],
  ['吕布', 'LV^BU', '吕^布'],
  ['张 三', 'ZHANG^SAN', '张^三'],
])('%s', (name, alphabetic, ideographic) => {
  expect(worklistName(name, null)).toEqual({ Alphabetic: alphabetic, Ideographic: ideographic });
});

test('a name in letters has one group, and what was written before wins', () => {
  expect(worklistName('John Smith', null)).toEqual({ Alphabetic: 'John^Smith' });
  expect(worklistName('张三', 'CHEUNG^SAM').Alphabetic).toBe('CHEUNG^SAM');
});

test('delimiters in a name do not become components', () => {
  expect(worklistName('A=B\\C^D', null)).toEqual({ Alphabetic: 'A^B^C^D' });
});
