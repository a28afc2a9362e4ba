import { authorColours } from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { inkOf } from './ink-of.ts';

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

test('every colour of a room can be read on paper, and is told from the others', () => {
  const inks = authorColours.map(inkOf);
  for (const ink of inks) expect((luminance('#fffbfa') + 0.05) / (luminance(ink) + 0.05)).toBeGreaterThan(4.2);
  expect(new Set(inks).size).toBe(authorColours.length);
});

test('a dark colour, and what is no colour, stay as they are', () => {
  expect(inkOf('#0b5fa8')).toBe('#0b5fa8');
  expect(inkOf('red')).toBe('red');
});
