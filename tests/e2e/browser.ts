import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestContext } from 'vitest';

export const artefacts = join(import.meta.dirname, '../artefacts/e2e');

/**
 * Where the browser is, or undefined: then the suite is skipped by name. First the one without a window: the others make
 * one for each person, and what its address bar is made of costs as much processor time as our pages.
 */
export function findChromium(): string | undefined {
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
  const { stdout } = spawnSync('which', names, { encoding: 'utf8' });
  const path = stdout?.split('\n').find(Boolean);
  if (!path) console.log('skipped: chromium is not installed');
  return path;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

export interface Seat {
  name: string;
  context: BrowserContext;
  page: Page;
  /** What the page complained about; a test that ends well has none. */
  errors: string[];
}

const password = 'Lianzhen-demo-1';

interface Machine {
  viewport?: { width: number; height: number };
  /**
   * True where the page may keep itself for a time without a link. Storing all of it costs as much as three visits, so
   * that only those have it whose story is about links, or who do everything as people do.
   */
  keepsPages?: boolean;
}

/** A person at a machine of his own: own cookies, own storage, logged in. */
export async function sitDown(
  browser: Browser,
  url: string,
  username: string,
  { viewport = { width: 1366, height: 768 }, keepsPages = false }: Machine = {},
): Promise<Seat> {
  const context = await browser.newContext({
    viewport,
    serviceWorkers: keepsPages ? 'allow' : 'block',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Between a press and its release a list that is still unfolding moves from under the pointer, and nothing is chosen.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${username}: ${error.message}`));
  await page.goto(url);
  await page.getByTestId('username').fill(username);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('log-in').click();
  await page.getByTestId('user-menu').waitFor();
  return { name: username, context, page, errors };
}

/** Keeps what a person sees, for those who look at the run afterwards. */
export async function keep(seat: Seat, step: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await seat.page.screenshot({ path: join(artefacts, `${step}-${seat.name}.png`) });
}

/**
 * For `beforeEach` of tests that tell one story in order: after the first that failed the others are skipped, and what
 * everybody saw then is kept as `<prefix>-failed`.
 */
export function oneStory(prefix: string, seats: () => readonly (Seat | undefined)[]) {
  let hasFailed = false;
  return ({ skip, onTestFailed }: Pick<TestContext, 'skip' | 'onTestFailed'>): void => {
    skip(hasFailed, 'what comes before has failed');
    onTestFailed(async () => {
      hasFailed = true;
      for (const seat of seats()) if (seat) await keep(seat, `${prefix}-failed`);
    });
  };
}

/** Asks again until the answer is there; the time is a bound, never what is waited for. */
export async function eventually<T>(ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${withinMs / 1000} s: ${ask}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
