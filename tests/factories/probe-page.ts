import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Probe, ProbeRoute, StartProbe } from '@lianzhen/contracts/site-check.ts';
import type { RouteMeasure } from '@lianzhen/contracts/site-check-measures.ts';
import type { Browser } from 'playwright-core';
import { rolldown } from 'rolldown';
import { root } from '../../docker/local/roles.ts';

declare global {
  var runProbe: (
    route: ProbeRoute,
    start: (input: StartProbe) => Promise<Probe>,
    signal: AbortSignal,
  ) => Promise<RouteMeasure>;
  var startProbe: (input: StartProbe) => Promise<Probe>;
}

/** The probe's own code of the page, in a browser, asking `start` instead of the hub. */
export async function probeIn(
  browser: Browser,
  route: ProbeRoute,
  start: (input: StartProbe) => Promise<Probe>,
): Promise<RouteMeasure> {
  const code = await bundled();
  // WebCrypto and WebRTC want an address that is secure, which a loopback address is.
  const server = createServer((_req, res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.exposeFunction('startProbe', start);
    await page.addScriptTag({ content: code });
    return await page.evaluate(
      (way) => globalThis.runProbe(way, globalThis.startProbe, new AbortController().signal),
      route,
    );
  } finally {
    await page.close();
    server.close();
  }
}

let code: Promise<string> | undefined;
function bundled(): Promise<string> {
  code ??= bundle();
  return code;
}
async function bundle(): Promise<string> {
  const built = await rolldown({ input: join(root, 'web/features/site-check/probe/run-probe.ts') });
  const { output } = await built.generate({ format: 'iife', name: 'probe', codeSplitting: false });
  await built.close();
  return `${output[0].code}\nglobalThis.runProbe = probe.runProbe;`;
}
