import type { ChangeEvent, MissedAnswer } from '@lianzhen/contracts/events.ts';
import { mostStreams } from '@lianzhen/contracts/events.ts';
import { expect, test } from 'vitest';
import { followStreams } from './streams.ts';

const event = (stream: string, seq: number): ChangeEvent => ({ topic: 'case', id: `${seq}`, revision: 1, stream, seq });
const answer = (positions: Record<string, number>, events: ChangeEvent[] = [], isWhole = true): MissedAnswer => ({
  positions,
  events,
  isWhole,
});
/** A page that has heard up to these numbers. */
function after(positions: Record<string, number>) {
  const streams = followStreams();
  expect(streams.settle(answer(positions))).toEqual([]);
  return streams;
}

test('numbers that follow one another are heard as they come, each stream for itself', () => {
  const streams = after({ a: 4, b: 0 });
  expect([event('a', 5), event('b', 1), event('a', 6)].map(streams.hear)).toEqual(['next', 'next', 'next']);
  expect(streams.question(10).heard).toEqual({ a: 6, b: 1 });
});

test('after a number left out the page asks from before the gap, until it is filled', () => {
  const streams = after({ a: 4 });
  expect([event('a', 6), event('a', 7)].map(streams.hear)).toEqual(['gap', 'gap']);
  expect(streams.question(10)).toEqual({ heard: { a: 4 }, sinceMs: 10 });
  const missed = [event('a', 5), event('a', 6), event('a', 7)];
  expect(streams.settle(answer({ a: 7 }, missed))).toEqual(missed);
  expect(streams.hear(event('a', 8))).toBe('next');
});

test('one that was overtaken fills its gap by itself', () => {
  const streams = after({ a: 4 });
  expect([event('a', 6), event('a', 5), event('a', 4)].map(streams.hear)).toEqual(['gap', 'next', 'repeat']);
  expect(streams.question(0).heard).toEqual({ a: 5 });
});

test('before the first answer every number is a gap, and the question says how long the page has been reading', () => {
  const streams = followStreams();
  expect(streams.hear(event('a', 9))).toBe('gap');
  expect(streams.question(1234.5)).toEqual({ heard: {}, sinceMs: 1235 });
});

test('an event that came while the answer was under way is not forgotten', () => {
  const streams = after({ a: 4 });
  streams.hear(event('a', 5));
  expect(streams.settle(answer({ a: 4 }))).toEqual([]);
  expect(streams.hear(event('a', 6))).toBe('next');
  // Told between the reading of the position and of the events.
  expect(streams.settle(answer({ a: 6 }, [event('a', 7)]))).toEqual([event('a', 7)]);
  expect(streams.hear(event('a', 8))).toBe('next');
});

test('an answer that is not whole means everything, and counting goes on from its numbers, even from smaller ones', () => {
  const streams = after({ a: 400 });
  expect(streams.settle(answer({ a: 3 }, [], false))).toBe('all');
  expect(streams.hear(event('a', 4))).toBe('next');
});

test('whoever hears other streams than before reads everything', () => {
  expect(after({ a: 4 }).settle(answer({ a: 4, b: 7 }))).toBe('all');
  expect(after({ a: 4, b: 1 }).settle(answer({ a: 4 }))).toBe('all');
});

test('with too many streams to ask for, everything is read', () => {
  const many = Object.fromEntries(Array.from({ length: mostStreams + 1 }, (_, at) => [`s${at}`, 1]));
  const streams = after(many);
  expect(streams.question(0).heard).toEqual({});
  expect(streams.settle(answer(many))).toBe('all');
});
