import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLines } from './pdf-lines.ts';

/** Chinese characters are two wide, all others one. */
const widthOf = (character: string) => (character > '\u2000' ? 2 : 1);
const widthOfLine = (line: string) => [...line].reduce((sum, character) => sum + widthOf(character), 0);

test('lines end between characters and between words, not before a full stop', () => {
  expect(breakLines('左肺上叶见结节。右肺', 14, widthOf)).toEqual(['左肺上叶见结', '节。右肺']);
  expect(breakLines('the left lung field', 10, widthOf)).toEqual(['the left', 'lung field']);
  expect(breakLines('约（直径）大', 5, widthOf)).toEqual(['约', '（直', '径）', '大']);
});

test('a word wider than a line is broken and an empty line stays', () => {
  expect(breakLines('abcdefgh\n\nx', 3, widthOf)).toEqual(['abc', 'def', 'gh', '', 'x']);
  expect(breakLines('  indented', 20, widthOf)).toEqual(['  indented']);
});

test('no character is lost and every line fits', () => {
  const character = fc.constantFrom(
    '肺',
    '。',
    '（',
    '）',
    'a',
    '9',
    ' ',
    '\u3000',
    '\n',
    'é',
    'e\u0301',
    '𠮷',
    '-',
    '…',
  );
  const text = fc.array(character, { maxLength: 120 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (whole, width) => {
      const lines = breakLines(whole, width, widthOf);
      expect(lines.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      for (const line of lines) expect(widthOfLine(line.trim())).toBeLessThanOrEqual(width);
    }),
    { numRuns: 500 },
  );
});
