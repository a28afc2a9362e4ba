import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffText, type Piece } from './diff-text.ts';

const side = (pieces: Piece[], without: Piece['kind']) =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

test('one changed clause is one taken out and one put in', () => {
  expect(diffText('双肺清晰，心影正常。膈面光整。', '双肺清晰，心影增大。膈面光整。')).toEqual([
    { kind: 'same', text: '双肺清晰，心影' },
    { kind: 'removed', text: '正常' },
    { kind: 'added', text: '增大' },
    { kind: 'same', text: '。膈面光整。' },
  ]);
});

test('a clause that has little left of it is told whole', () => {
  expect(diffText('双肺清晰。', '左下肺见实变。')).toEqual([
    { kind: 'removed', text: '双肺清晰。' },
    { kind: 'added', text: '左下肺见实变。' },
  ]);
  expect(diffText('未见狭窄。', '未见明显狭窄。')).toEqual([
    { kind: 'same', text: '未见' },
    { kind: 'added', text: '明显' },
    { kind: 'same', text: '狭窄。' },
  ]);
});

test('the same text has one piece, none has none', () => {
  expect(diffText('未见异常。', '未见异常。')).toEqual([{ kind: 'same', text: '未见异常。' }]);
  expect(diffText('', '')).toEqual([]);
  expect(diffText('', '新')).toEqual([{ kind: 'added', text: '新' }]);
});

test('both texts can be read out of the pieces, whatever they are', () => {
  const text = fc.string({ unit: fc.constantFrom('左', '右', '肺', '，', '。', '\n', 'a'), maxLength: 60 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = diffText(before, after);
      expect(side(pieces, 'added')).toBe(before);
      expect(side(pieces, 'removed')).toBe(after);
    }),
  );
});

test('a very long text is told as replaced', () => {
  const before = '左侧，'.repeat(2000);
  const pieces = diffText(before, '右肺，'.repeat(2000));
  expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
