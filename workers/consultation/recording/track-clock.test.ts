import type { RecordedTrack } from '@lianzhen/contracts/recording-chunk.ts';
import { expect, test } from 'vitest';
import { unwrapper } from './recorded-track.ts';
import { ClockFinder } from './track-clock.ts';

const begin = Date.parse('2026-11-22T02:00:00Z');
const described = (id: string, clockRate: number): RecordedTrack => ({
  ...{ id, seatId: 's', name: 'n', source: 'camera', kind: 'video', mimeType: 'video/VP8' },
  ...{ clockRate, payloadType: 100, sender: 'one' },
});

/** A sender whose clock is an hour ahead, over a way that delays each stream in its own manner. */
function record(
  rates: { rate: number; start: number; delay: (ms: number) => number }[],
  withReports: boolean,
  wrongBy: (ms: number) => number = () => 0,
) {
  const finder = new ClockFinder();
  const senderAhead = 3_600_000;
  for (let ms = 0; ms <= 60_000; ms += 20)
    for (const [n, { rate, start, delay }] of rates.entries()) {
      const track = described(`t${n}`, rate);
      const timestamp = (start + (ms / 1000) * rate) % 2 ** 32;
      if (withReports && ms % 1000 === 0)
        finder.see({
          described: track,
          report: {
            at: begin + ms,
            report: { ssrc: n, ntpMs: begin + senderAhead + ms + wrongBy(ms), rtpTimestamp: timestamp },
          },
        });
      const packet = { sequence: (ms / 20) % 65_536, timestamp, isLast: true, payload: new Uint8Array(1) };
      finder.see({ described: track, packet: { ...packet, at: begin + ms + delay(ms) } });
    }
  const clocks = finder.find();
  return (ms: number) =>
    rates.map(({ rate, start }, n) => clocks.timeOf(`t${n}`, (start + (ms / 1000) * rate) % 2 ** 32) - begin);
}

const streams = [
  // The audio's timestamps pass the end of their 32 bits after ten seconds.
  { rate: 48_000, start: 2 ** 32 - 480_000, delay: (ms: number) => 20 + (ms % 7) },
  // Pictures are large and always a fifth of a second later.
  { rate: 90_000, start: 12_345, delay: (ms: number) => 220 + (ms % 90) },
];

test('reports bring picture and sound of one sender together, whatever their delays', () => {
  const at = record(streams, true);
  for (const ms of [0, 5000, 9990, 10_040, 30_000, 59_000]) {
    const [audio = 0, video = 0] = at(ms);
    expect(Math.abs(audio - video)).toBeLessThan(1);
    // And on the hub's clock, not the sender's: no more than the shortest way later.
    expect(audio - ms).toBeGreaterThanOrEqual(0);
    expect(audio - ms).toBeLessThan(40);
  }
});

test('a report that is wrong by seconds moves nothing', () => {
  const at = record(streams, true, (ms) => (ms === 5000 ? 3000 : 0));
  for (const ms of [0, 4990, 5000, 30_000]) {
    const [audio = 0, video = 0] = at(ms);
    expect(Math.abs(audio - video)).toBeLessThan(1);
    expect(audio - ms).toBeLessThan(40);
  }
});

test('without reports each stream is placed by its quickest packets', () => {
  const at = record(streams, false);
  for (const ms of [1000, 30_000]) {
    const [audio = 0, video = 0] = at(ms);
    expect(audio - ms).toBeCloseTo(20, -1);
    expect(video - ms).toBeCloseTo(220, -1);
  }
});

test('a link that falls behind does not stretch what was said; a sender that slept speaks when it woke', () => {
  const later = (byMs: number) => (ms: number) => 20 + (ms >= 30_000 ? byMs : 0);
  for (const [byMs, shift] of [
    [3000, 0],
    [60_000, 60_000],
  ] as const) {
    const at = record([{ rate: 48_000, start: 0, delay: later(byMs) }], true);
    const [before = 0, after = 0] = [1000, 59_000].flatMap(at);
    expect(Math.abs(after - before - 58_000 - shift)).toBeLessThan(70);
  }
});

test('a counter is followed over its end and back', () => {
  const unwrap = unwrapper(16);
  expect([65_534, 65_535, 1, 0, 2].map(unwrap)).toEqual([65_534, 65_535, 65_537, 65_536, 65_538]);
});
