import type { ViewerImage, ViewerSeries } from '../source/study-model.ts';
import { expectedMemory } from './loaded-image.ts';

/** A frame on screen, and the series one leafs through there. */
export interface Place {
  readonly series: ViewerSeries;
  readonly index: number;
}

/**
 * The order frames are loaded in: what is on screen, the first image of each series (its thumbnail), the shown series
 * outward from where the reader is (two ahead for one behind, since one mostly goes on), then the other series.
 * @param reach whether the other series are wanted at all beyond their first images.
 */
export function loadOrder(
  series: readonly ViewerSeries[],
  places: readonly Place[],
  reach: 'study' | 'series',
): ViewerImage[] {
  const shown = places.flatMap(({ series: open, index }) => open.images[index] ?? []);
  const first = series.flatMap(({ images }) => images[0] ?? []);
  const around = places.flatMap(({ series: open, index }) => outward(open.images, index));
  const open = new Set(places.map((place) => place.series.seriesUid));
  const others = reach === 'study' ? series.filter(({ seriesUid }) => !open.has(seriesUid)) : [];
  const rest = others.flatMap(({ images }) => images);
  const byKey = new Map([...shown, ...first, ...around, ...rest].map((image) => [image.key, image]));
  return [...byKey.values()];
}

export function outward(images: readonly ViewerImage[], index: number): ViewerImage[] {
  const order: ViewerImage[] = [];
  let ahead = index + 1;
  let behind = index - 1;
  while (ahead < images.length || behind >= 0) {
    for (let i = 0; i < 2 && ahead < images.length; i++) order.push(images[ahead++] as ViewerImage);
    if (behind >= 0) order.push(images[behind--] as ViewerImage);
  }
  return order;
}

/** As many frames from the front of the order as fit in the memory given; what is on screen always does. */
export function withinMemory(order: readonly ViewerImage[], shown: number, bytes: number): ViewerImage[] {
  let left = bytes;
  const end = order.findIndex((image, i) => {
    left -= expectedMemory(image);
    return left < 0 && i >= shown;
  });
  return end < 0 ? [...order] : order.slice(0, end);
}
