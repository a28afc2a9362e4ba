import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright-core';
import { build, preview } from 'vite';
import { findChromium, launch } from '../e2e/browser.ts';
import { median, percentile } from './tables.ts';

export interface Redraw {
  screen: string;
  framesPerSecond: number;
  medianFrameMs: number;
  p95FrameMs: number;
  /** Frames that came a whole frame late, of all. */
  late: number;
  frames: number;
}

const screens = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
const seconds = 6;
/** What a screen of 60 Hz shows a frame for. */
const frameMs = 1000 / 60;

/** Twelve leads in rows over the whole width, moved with every frame: time between the frames that a browser paints. */
export async function measureRedraw(): Promise<Redraw[] | undefined> {
  const chromium = findChromium();
  if (!chromium) return undefined;
  const outDir = mkdtempSync(join(tmpdir(), 'ecg-page-'));
  const root = join(import.meta.dirname, 'ecg-page');
  const page = { root, plugins: [react()], configFile: false as const, logLevel: 'error' as const, build: { outDir } };
  await build(page);
  const server = await preview({ ...page, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await launch(chromium);
  try {
    const results: Redraw[] = [];
    for (const viewport of screens) {
      const context = await browser.newContext({ viewport });
      const tab = await context.newPage();
      await tab.goto(server.resolvedUrls?.local[0] ?? '');
      results.push(await scrollThrough(tab, `${viewport.width} x ${viewport.height}`));
      await context.close();
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function scrollThrough(page: Page, screen: string): Promise<Redraw> {
  const canvas = page.locator('[data-testid="ecg"][data-rendered="true"]');
  await canvas.waitFor({ timeout: 60_000 });
  const deltas = await canvas.evaluate(async (element, ms) => {
    const target = element.querySelector('canvas') ?? element;
    const between: number[] = [];
    const begin = performance.now();
    let last = begin;
    let way = 14;
    await new Promise<void>((resolve) => {
      const step = (now: number) => {
        between.push(now - last);
        last = now;
        if (now - begin > ms) return resolve();
        // There and back again, so that the end of the recording is never reached.
        if (Math.floor((now - begin) / 2000) % 2 === (way > 0 ? 1 : 0)) way = -way;
        target.dispatchEvent(new WheelEvent('wheel', { deltaY: way, bubbles: true, cancelable: true }));
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
    return between.slice(1);
  }, seconds * 1000);
  return {
    screen,
    framesPerSecond: (deltas.length * 1000) / deltas.reduce((sum, delta) => sum + delta, 0),
    medianFrameMs: median(deltas),
    p95FrameMs: percentile(deltas, 95),
    late: deltas.filter((delta) => delta > frameMs * 1.5).length,
    frames: deltas.length,
  };
}
