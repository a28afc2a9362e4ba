import { expect, test } from 'vitest';
import { likeText } from './like-text.ts';
import { nameGrams, nameIndex } from './name-index.ts';

test.each([
  ['张三', 'zhangsan', 'zs'],
  ['单雄信', 'shanxiongxin', 'sxx'],
  ['曾国藩', 'zengguofan', 'zgf'],
  ['仇英', 'qiuying', 'qy'],
  ['尉迟恭', 'yuchigong', 'ycg'],
  ['吕布', 'lvbu', 'lb'],
  ['欧阳雪梅', 'ouyangxuemei', 'oyxm'],
  ['买买提·艾力', 'maimaitiaili', 'mmtal'],
  ["Ōe O'Brien", 'oeobrien', 'o'],
  ['ＡＢＣ', 'abc', 'a'],
])('%s is found by %s and by %s', (name, namePinyin, nameInitials) => {
  expect(nameIndex(name)).toEqual({ namePinyin, nameInitials });
});

test('what cannot be seen does not change how a name is found', () => {
  expect(nameIndex('\u200b张\u200d 三\u202e')).toEqual(nameIndex('张三'));
});

test('an initial is a whole character, and no name gives nothing', () => {
  expect(nameIndex('𠮷田')).toEqual({ namePinyin: '𠮷tian', nameInitials: '𠮷t' });
  expect(nameIndex('')).toEqual({ namePinyin: '', nameInitials: '' });
  expect(nameIndex('···')).toEqual({ namePinyin: '', nameInitials: '' });
});

test('wildcards of LIKE are letters like any other', () => {
  expect(likeText('100%_\\张')).toBe('100\\%\\_\\\\张');
  expect(likeText('张三')).toBe('张三');
});

test.each([
  ['张', ['张']],
  ['张三', ['张三']],
  ['张桂芳', ['张桂', '桂芳']],
  ['𠮷田', ['𠮷田']],
  ['哈哈哈', ['哈哈']],
  ['', []],
])('a part of a name, %s, is found by its pairs', (part, grams) => {
  expect(nameGrams(part)).toEqual(grams);
});
