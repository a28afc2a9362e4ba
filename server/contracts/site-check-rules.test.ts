import { expect, test } from 'vitest';
import type { Measured, RouteMeasure } from './site-check-measures.ts';
import { bestRoute, judgeSite, overallOf, siteItems } from './site-check-rules.ts';

const open = (rttMs = 40): RouteMeasure => ({
  state: 'open',
  connectMs: 200,
  rttMs,
  jitterMs: 4,
  lossPercent: 0,
  sent: 150,
});
const closed: RouteMeasure = {
  state: 'closed',
  connectMs: null,
  rttMs: null,
  jitterMs: null,
  lossPercent: null,
  sent: 0,
};
const good: Measured = {
  browser: {
    name: 'Chromium',
    version: '156',
    platform: 'Linux',
    isSecure: true,
    hasWebRtc: true,
    hasWasm: true,
    audioCodecs: ['audio/opus'],
    videoCodecs: ['video/VP8', 'video/H264'],
    screen: '1366x768',
  },
  camera: { state: 'works', label: 'USB', width: 1280, height: 720 },
  microphone: { state: 'works', label: 'USB', peakDb: -12 },
  loudspeaker: { state: 'heard' },
  udp: open(),
  tcp: open(),
  turn: open(),
  bandwidth: { downKbps: 20_000, upKbps: 8000 },
  clock: { offsetMs: -200, uncertaintyMs: 20 },
  storage: { freeMb: 4000, isKept: true },
};
const finding = (measured: Measured, item: string) => judgeSite(measured).find((one) => one.item === item);

test('a good site passes in every item', () => {
  const findings = judgeSite(good);
  expect(findings.map(({ item }) => item)).toEqual([...siteItems]);
  expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(overallOf(findings)).toBe('pass');
});

test('UDP blocked is a warning while another way is open, and a failure when none is', () => {
  const slow = { ...good, udp: closed, tcp: closed, turn: open(900) };
  expect(finding(slow, 'udp')).toMatchObject({ verdict: 'warn', advice: 'udp-closed-others-open' });
  // What a session would feel is what its way measures.
  expect(bestRoute(slow)?.rttMs).toBe(900);
  expect(finding(slow, 'delay')).toMatchObject({ verdict: 'fail' });
  const cut = { ...good, udp: closed, tcp: closed, turn: closed };
  expect(judgeSite(cut).filter(({ advice }) => advice === 'all-closed')).toHaveLength(3);
  expect(finding(cut, 'loss')).toMatchObject({ verdict: 'skipped' });
  expect(overallOf(judgeSite(cut))).toBe('fail');
});

test('a hub without TURN on 443 is told from a firewall that blocks it', () => {
  expect(finding({ ...good, turn: { ...closed, state: 'absent' } }, 'turn')).toMatchObject({ advice: 'turn-absent' });
  expect(finding({ ...good, turn: closed }, 'turn')).toMatchObject({ verdict: 'warn', advice: 'turn-closed' });
});

test('a page without https fails before anything else is blamed', () => {
  const plain = { ...good, browser: { ...good.browser, isSecure: false } };
  expect(finding(plain, 'browser')).toMatchObject({ verdict: 'fail', advice: 'not-secure' });
});

test('no camera is a warning, no microphone a failure', () => {
  expect(finding({ ...good, camera: { ...good.camera, state: 'missing' } }, 'camera')).toMatchObject({
    verdict: 'warn',
  });
  const mute = { ...good, microphone: { ...good.microphone, state: 'silent' as const } };
  expect(finding(mute, 'microphone')).toMatchObject({ verdict: 'fail', advice: 'mic-silent' });
});

test('numbers are judged at their limits', () => {
  expect(finding({ ...good, clock: { offsetMs: -1000, uncertaintyMs: 5 } }, 'clock')).toMatchObject({
    verdict: 'warn',
  });
  expect(finding({ ...good, bandwidth: { downKbps: 299, upKbps: 128 } }, 'down')).toMatchObject({ verdict: 'fail' });
  expect(finding({ ...good, bandwidth: { downKbps: 299, upKbps: 128 } }, 'up')).toMatchObject({ verdict: 'warn' });
});
