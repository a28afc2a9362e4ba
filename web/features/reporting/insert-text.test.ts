import { expect, test } from 'vitest';
import { applyInsertion, insertionOf, nextBlank } from './insert-text.ts';

const put = (text: string, piece: string, cursor: { start: number; end: number } | null) =>
  applyInsertion(text, insertionOf(text, piece, cursor));

test('an empty text is filled, whatever the cursor says', () => {
  expect(put(' \n', '双肺清晰。', { start: 1, end: 1 })).toBe('双肺清晰。');
});

test('a piece goes in at the cursor and takes the place of what is selected', () => {
  expect(put('心影增大。', '主动脉迂曲。', { start: 5, end: 5 })).toBe('心影增大。主动脉迂曲。');
  expect(put('心影【】。', '增大', { start: 2, end: 4 })).toBe('心影增大。');
});

test('without a cursor it goes on a new line at the end', () => {
  expect(put('心影增大。\n', '主动脉迂曲。', null)).toBe('心影增大。\n主动脉迂曲。');
});

test('blanks are found from a place on', () => {
  const text = '【侧别】侧肋膈角变钝，上缘平第【】前肋，大小 ____ mm';
  expect(nextBlank(text, 0)).toEqual({ start: 0, end: 4 });
  const second = nextBlank(text, 4);
  expect(second && text.slice(second.start, second.end)).toBe('【】');
  const third = nextBlank(text, second?.end ?? 0);
  expect(third && text.slice(third.start, third.end)).toBe('____');
  expect(nextBlank(text, third?.end ?? 0)).toBeUndefined();
});
