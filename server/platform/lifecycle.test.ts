import { expect, test, vi } from 'vitest';
import { Lifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';

function lifecycle(graceMs?: number) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('test', 'debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { life: new Lifecycle(log, graceMs), lines };
}

test('what was opened last is closed first, one after the other', async () => {
  const { life } = lifecycle();
  const closed: string[] = [];
  for (const name of ['database', 'queue', 'http'])
    life.opened(name, async () => {
      closed.push(`${name} begins`);
      await Promise.resolve();
      closed.push(`${name} ends`);
    });
  expect(life.isClosing).toBe(false);
  await life.close();
  expect(life.isClosing).toBe(true);
  expect(closed).toEqual([
    'http begins',
    'http ends',
    'queue begins',
    'queue ends',
    'database begins',
    'database ends',
  ]);
});

test('closing twice closes once, and the second call waits for the first', async () => {
  const { life } = lifecycle();
  const close = vi.fn(async () => undefined);
  life.opened('http', close);
  await Promise.all([life.close(), life.close()]);
  await life.close();
  expect(close).toHaveBeenCalledTimes(1);
});

test('what hangs has its share of the time and no more', async () => {
  const { life, lines } = lifecycle(10);
  const closed: string[] = [];
  life.opened('database', () => void closed.push('database'));
  life.opened('hung', () => new Promise(() => undefined));
  await life.close();
  expect(closed).toEqual(['database']);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', reason: 'hung' }));
});

test('what fails to close does not keep the rest open', async () => {
  const { life, lines } = lifecycle();
  const closed: string[] = [];
  life.opened('database', () => void closed.push('database'));
  life.opened('queue', () => Promise.reject(new Error('already gone')));
  life.opened('http', () => {
    throw new Error('not running');
  });
  await life.close();
  expect(closed).toEqual(['database']);
  expect(lines.map(({ reason }) => reason)).toEqual(['http', 'queue']);
});
