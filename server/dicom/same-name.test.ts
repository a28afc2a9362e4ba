import { expect, test } from 'vitest';
import { compareNames } from './same-name.ts';

const known = (name: string, nameAlphabetic: string | null = null) => ({ name, nameAlphabetic });

test.each([
  ['张三', { Ideographic: '张^三', Alphabetic: 'ZHANG^SAN' }],
  ['张三', { Alphabetic: '张三' }],
  ['张三', { Alphabetic: '张 三' }],
  ['张三', { Alphabetic: 'ZHANG^SAN' }],
  ['张三', { Alphabetic: 'Zhang San' }],
  ['张三', { Alphabetic: 'zhangsan' }],
  ['张三', { Alphabetic: 'San Zhang' }],
  ['张小明', { Alphabetic: 'ZHANG^XIAOMING^^' }],
  ['曾志伟', { Alphabetic: 'ZENG^ZHIWEI' }],
  ['单雄信', { Alphabetic: 'SHAN^XIONGXIN' }],
  ['吕布', { Alphabetic: 'LV^BU' }],
  ['吕布', { Alphabetic: 'LYU^BU' }],
  ['吕布', { Alphabetic: 'Lü Bu' }],
  ['欧阳锋', { Alphabetic: 'FENG^OUYANG' }],
  ['张三', { Ideographic: '张^三' }],
])('%s is the person of %j', (name, header) => {
  expect(compareNames(header, known(name))).toBe('same');
});

test.each([
  ['张三', { Ideographic: '章^三', Alphabetic: 'ZHANG^SAN' }],
  ['张三', { Alphabetic: 'LI^SI' }],
  ['张三', { Alphabetic: 'ZHANG' }],
  ['张三', { Alphabetic: 'ZHANG^SANFENG' }],
  ['张三', { Alphabetic: 'ÕÅÈý' }],
  ['张三', { Alphabetic: '李四' }],
])('%s is not the person of %j', (name, header) => {
  expect(compareNames(header, known(name))).toBe('different');
});

test('a name in letters is compared by its letters', () => {
  expect(compareNames({ Alphabetic: 'SMITH^JOHN' }, known('John Smith'))).toBe('same');
  expect(compareNames({ Alphabetic: 'SMITH^JANE' }, known('John Smith'))).toBe('different');
});

test('how the machine wrote this person before counts as well', () => {
  expect(compareNames({ Alphabetic: 'CHEUNG^SAM' }, known('张三', 'CHEUNG^SAM'))).toBe('same');
});

test('an empty name says nothing', () => {
  expect(compareNames(null, known('张三'))).toBe('absent');
  expect(compareNames({ Alphabetic: '^^ ' }, known('张三'))).toBe('absent');
});
