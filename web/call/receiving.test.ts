import { expect, test } from 'vitest';
import { receivedBetween, sumReceived } from './receiving.ts';

const audio = { type: 'inbound-rtp', kind: 'audio', packetsReceived: 100, packetsLost: 0, jitter: 0.004 };
const pair = { type: 'candidate-pair', nominated: true, bytesReceived: 10_000, currentRoundTripTime: 0.05 };

test('loss, jitter, delay and bitrate are those of the time between two looks', () => {
  const before = sumReceived([audio, pair, { type: 'codec' }], 1000);
  const after = sumReceived(
    [
      { ...audio, packetsReceived: 190, packetsLost: 10, jitter: 0.02 },
      { ...pair, bytesReceived: 35_000, currentRoundTripTime: 0.12 },
    ],
    3000,
  );
  expect(receivedBetween(before, after)).toEqual({ lossPercent: 10, rttMs: 120, jitterMs: 20, bitrate: 100_000 });
});

test('a stream that went away is neither loss nor gain', () => {
  const before = sumReceived([audio, { ...audio, packetsLost: 5 }, pair], 0);
  expect(receivedBetween(before, sumReceived([pair], 2000))).toMatchObject({ lossPercent: 0, bitrate: 0 });
});

test('silence by DTX is no loss, and what a browser leaves out counts as nothing', () => {
  const before = sumReceived([{ type: 'inbound-rtp' }], 0);
  expect(receivedBetween(before, sumReceived([{ type: 'inbound-rtp' }], 2000))).toEqual({
    lossPercent: 0,
    rttMs: 0,
    jitterMs: 0,
    bitrate: 0,
  });
});

test('a pair of addresses that is not in use any more does not count', () => {
  const old = { ...pair, id: 'old', currentRoundTripTime: 3 };
  const used = { ...pair, id: 'used' };
  const transport = { type: 'transport', selectedCandidatePairId: 'used' };
  expect(sumReceived([old, used, transport], 0)).toMatchObject({ roundTrip: 0.05, bytes: 10_000 });
});

test('what the library sends to try the link is no loss, and bursts of pictures are no jitter', () => {
  const video = { ...audio, kind: 'video', jitter: 0.4 };
  const probing = { ...video, mid: 'probator', packetsReceived: 24, packetsLost: 32 };
  expect(sumReceived([audio, video, probing], 0)).toMatchObject({ packets: 200, lost: 0, jitter: 0.004 });
});
