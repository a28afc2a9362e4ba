import { NodeProbe, type Probe, type StartProbe } from '@lianzhen/contracts/site-check.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probePath, signProbeToken } from '../../server/api/consultation/site-check/probe-token.ts';
import { findChromium, launch } from '../e2e/browser.ts';
import { withProbeNode } from '../factories/probe-node.ts';
import { probeIn } from '../factories/probe-page.ts';

const chromium = findChromium();
const JOIN_TOKEN_KEY = 'k'.repeat(40);
const node = withProbeNode({ JOIN_TOKEN_KEY });
const deps = { config: { JOIN_TOKEN_KEY }, clock: systemClock } as Parameters<typeof signProbeToken>[0];
let browser: Browser;
beforeAll(async () => {
  if (chromium) browser = await launch(chromium);
});
afterAll(() => browser?.close());

const ask = (token: string, body: unknown) =>
  fetch(`${node.url}${probePath}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
async function start(input: StartProbe): Promise<Probe> {
  const response = await ask(await signProbeToken(deps), input);
  return { ...NodeProbe.parse(await response.json()), iceServers: [] };
}

test.skipIf(!chromium)('a browser measures UDP and TCP to a media node, each by itself', async () => {
  for (const route of ['udp', 'tcp'] as const) {
    const seen: string[] = [];
    const measured = await probeIn(browser, route, async (input) => {
      const probe = await start(input);
      seen.push(...probe.iceCandidates.map(({ protocol }) => protocol));
      return probe;
    });
    expect(new Set(seen)).toEqual(new Set([route]));
    expect(measured).toMatchObject({ state: 'open', sent: 150 });
    // A busy machine answers some too late to count.
    expect(measured.lossPercent).toBeLessThan(100);
    expect(measured.rttMs).toBeGreaterThan(0);
  }
});

test.skipIf(!chromium)('a way that leads nowhere is closed, not an error', async () => {
  const measured = await probeIn(browser, 'udp', async (input) => {
    const probe = await start(input);
    // 203.0.113.0/24 is for documents (RFC 5737): nothing answers there.
    return { ...probe, iceCandidates: probe.iceCandidates.map((one) => ({ ...one, address: '203.0.113.9' })) };
  });
  expect(measured).toMatchObject({ state: 'closed', lossPercent: null });
});

test.skipIf(!chromium)('without a TURN server on 443 that way is absent', async () => {
  expect(await probeIn(browser, 'turn', start)).toMatchObject({ state: 'absent' });
});

const fingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') };

test('only the hub may ask, and only for what a probe is', async () => {
  const forged = await signProbeToken({ ...deps, config: { ...deps.config, JOIN_TOKEN_KEY: 'z'.repeat(40) } });
  const answer = await ask(forged, { route: 'udp', dtlsFingerprint: fingerprint });
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'unauthenticated' }]);
  const wrong = await ask(await signProbeToken(deps), { route: 'carrier-pigeon', dtlsFingerprint: fingerprint });
  expect(await wrong.json()).toMatchObject({ code: 'bad-input' });
});

test('a node has only so many probes at a time', async () => {
  const token = await signProbeToken(deps);
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => ask(token, { route: 'udp', dtlsFingerprint: fingerprint })),
  );
  const codes = answers.map(({ status }) => status);
  expect(codes.filter((status) => status === 200).length).toBeLessThanOrEqual(24);
  expect(codes).toContain(409);
});
