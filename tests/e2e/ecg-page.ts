import type { Page } from 'playwright-core';
import { choose } from './choose.ts';
import type { OrderedEcg } from './ecg-recordings.ts';

interface SentFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** On the page for sending: the request that a recording is for. */
export async function chooseOrder(page: Page, order: OrderedEcg): Promise<void> {
  await page.getByTestId('nav-ecg').click();
  await choose(page, 'ecg-order', order.number, { typed: order.number });
}

/** What a technician does: the page for sending, the request, the file; ends with what the hub says of it. @returns the trace's id */
export async function sendEcg(page: Page, url: string, order: OrderedEcg, file: SentFile): Promise<string> {
  await chooseOrder(page, order);
  await page.getByTestId('ecg-file').setInputFiles(file);
  await page.locator('[data-testid="ecg-answer"][data-state="read"]').waitFor({ timeout: 60_000 });
  return new URL(page.url()).searchParams.get('trace') ?? new URL(page.url(), url).pathname;
}

export const drawnTrace = (page: Page) => page.locator('[data-testid="ecg"][data-rendered="true"]').first();

/** Drags on the trace; places are parts of its width and height. */
export async function dragOn(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await drawnTrace(page).boundingBox();
  if (!box) throw new Error('there is no trace');
  const at = ([x, y]: [number, number]): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

/** Presses keys and counts them: a chord is one. */
export function countedKeys(page: Page) {
  const pressed: string[] = [];
  return {
    pressed,
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) {
        pressed.push(key);
        await page.keyboard.press(key);
      }
    },
  };
}
