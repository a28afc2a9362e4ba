import { StartProbe } from '@lianzhen/contracts/site-check.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { iceServersFor } from '../../server/api/consultation/ice-servers.ts';
import { findChromium } from '../e2e/browser.ts';
import { withProbeNode } from '../factories/probe-node.ts';
import { probeIn } from '../factories/probe-page.ts';
import { askForRelay } from '../factories/stun.ts';
import { withTurn } from '../factories/turn.ts';

const hasTurn = which('turnserver') !== undefined;
if (!hasTurn) console.log('skipped: coturn is not installed');
const chromium = findChromium();
const secret = 's'.repeat(40);

describe.skipIf(!hasTurn)('coturn with our rules and our credentials', () => {
  const turn = withTurn(secret);
  const node = withProbeNode({ JOIN_TOKEN_KEY: 'k'.repeat(40) });
  let browser: Browser;
  beforeAll(async () => {
    // A relay's certificate is its own and self-signed here; a deployment has a real one.
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--ignore-certificate-errors'];
    if (chromium) browser = await playwright.launch({ executablePath: chromium, args });
  });
  afterAll(() => browser?.close());

  const serversAt = (now: Date, key = secret) =>
    iceServersFor(
      { config: { HUB_TURN_URLS: turn.urls, HUB_TURN_SECRET: key }, clock: { now: () => now } } as Parameters<
        typeof iceServersFor
      >[0],
      '0195b3c4-0000-7000-8000-000000000001',
    );
  const tryAt = (now: Date, key?: string) => {
    const [server] = serversAt(now, key);
    const port = Number(/:(\d+)\?/.exec(turn.urls[0] ?? '')?.[1]);
    return askForRelay(port, server?.username ?? '', server?.credential ?? '');
  };

  test('a credential of ours is good', async () => {
    expect(await tryAt(systemClock.now())).toBe('allocated');
  });

  test('one whose time is over, and one that was forged, are refused', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await tryAt(yesterday)).toBe(401);
    expect(await tryAt(systemClock.now(), 'f'.repeat(40))).toBe(401);
  });

  const relayed = (urls: string[]) =>
    probeIn(browser, 'turn', async (input) => {
      const probe = await node.room.open(StartProbe.parse(input));
      return { ...probe, iceServers: serversAt(systemClock.now()).map((server) => ({ ...server, urls })) };
    });

  test.skipIf(!chromium)('a browser that may use nothing but the relay reaches a media node', async () => {
    for (const scheme of ['turn:', 'turns:']) {
      const urls = turn.urls.filter((url) => url.startsWith(scheme) && url.endsWith('tcp'));
      const measured = await relayed(urls);
      expect(measured, scheme).toMatchObject({ state: 'open', sent: 150 });
      // A busy machine answers some too late to count; a relay that leads nowhere answers none.
      expect(measured.lossPercent).toBeLessThan(100);
    }
  });

  test.skipIf(!chromium)('the relay leads to the media node and nowhere else', async () => {
    const measured = await probeIn(browser, 'turn', async (input) => {
      const probe = await node.room.open(StartProbe.parse(input));
      // The same machine under another of its addresses: reachable for the machine, not through the relay.
      const iceCandidates = probe.iceCandidates.map((one) => ({ ...one, address: '127.0.0.2' }));
      return { ...probe, iceCandidates, iceServers: serversAt(systemClock.now()) };
    });
    expect(measured).toMatchObject({ state: 'closed' });
  });
});
