import type { Page } from 'playwright-core';

/** Samples of each side of a picture: one for each of its pixels. */
const side = 64;

/**
 * The grey levels of the shared picture as this page has drawn them, one in the middle of each pixel of the picture, so
 * that canvases of other sizes compare. The picture is square and fits its tile.
 */
export const pixelsOn = (page: Page): Promise<number[]> =>
  page.locator('canvas.cornerstone-canvas').evaluate((element, count) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const all = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    const scale = Math.min(width, height) / count;
    const at = (n: number, whole: number) => Math.floor(whole / 2 + (n + 0.5 - count / 2) * scale);
    return Array.from({ length: count * count }, (_, n) => {
      const [x, y] = [at(n % count, width), at(Math.floor(n / count), height)];
      return all[(y * width + x) * 4] ?? -1;
    });
  }, side);

export const sizeOn = (page: Page): Promise<string> =>
  page.locator('canvas.cornerstone-canvas').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    return `${width} x ${height}`;
  });

/** How far apart two pictures are on the average, in grey levels. */
export const differenceOf = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? Number.NaN)), 0) / one.length;

/** Drags on the picture, from one place to another; places are parts of its width and height. */
export async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.getByTestId('tile-0').boundingBox();
  if (!box) throw new Error('there is no picture');
  const at = ([x, y]: [number, number]): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 4 });
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

/** One notch of the wheel over the picture. */
export async function turnLeaf(page: Page, notches = 1): Promise<void> {
  const box = await page.getByTestId('tile-0').boundingBox();
  if (!box) throw new Error('there is no picture');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 120 * notches);
}
