import { expect, test } from 'vitest';
import { followSequence } from './sequence.ts';

test('numbers that follow one another are heard as they come', () => {
  const sequence = followSequence();
  expect(['41', '42', '43'].map(sequence.hear)).toEqual(['next', 'next', 'next']);
});

test('a number left out is a gap, once', () => {
  const sequence = followSequence();
  expect(['1', '3', '4'].map(sequence.hear)).toEqual(['next', 'gap', 'next']);
});

test('a number heard before is a repeat and does not turn the count back', () => {
  const sequence = followSequence();
  expect(['7', '8', '7', '8', '9'].map(sequence.hear)).toEqual(['next', 'next', 'repeat', 'repeat', 'next']);
});

test('numbers beyond 2^53 are told apart', () => {
  const sequence = followSequence();
  expect(['9007199254740993', '9007199254740994'].map(sequence.hear)).toEqual(['next', 'next']);
});

test('what is no number is a gap', () => {
  expect(followSequence().hear('soon')).toBe('gap');
});

test('after forgetting, any number is a beginning', () => {
  const sequence = followSequence();
  sequence.hear('100');
  sequence.forget();
  expect(sequence.hear('5')).toBe('next');
});
