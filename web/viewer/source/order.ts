import { alongNormal } from '../measure/plane.ts';
import type { ViewerImage, ViewerSeries } from './study-model.ts';

/** Series by their number; those without one come last. */
export function seriesOrder(a: ViewerSeries, b: ViewerSeries): number {
  const byNumber = (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER);
  return byNumber || a.description.localeCompare(b.description) || a.seriesUid.localeCompare(b.seriesUid);
}

/**
 * The order one leafs through a series: by instance number, as it was filmed. Where the numbers are missing or all the
 * same, by position along the normal of the first slice.
 */
export function imageOrder(images: readonly ViewerImage[]): (a: ViewerImage, b: ViewerImage) => number {
  const instances = new Map(images.map(({ ref, header }) => [ref.sopInstanceUid, header.instanceNumber]));
  const hasNumbers = instances.size < 2 || new Set(instances.values()).size > 1;
  const plane = images.find(({ header }) => header.plane)?.header.plane;
  return (a, b) => {
    const byNumber =
      (a.header.instanceNumber ?? Number.MAX_SAFE_INTEGER) - (b.header.instanceNumber ?? Number.MAX_SAFE_INTEGER);
    if (hasNumbers && byNumber !== 0) return byNumber;
    if (a.ref.sopInstanceUid === b.ref.sopInstanceUid) return a.ref.frame - b.ref.frame;
    const [here, there] = [a.header.plane, b.header.plane];
    const byPlace = plane && here && there ? alongNormal(plane, here.origin) - alongNormal(plane, there.origin) : 0;
    return byPlace || a.ref.sopInstanceUid.localeCompare(b.ref.sopInstanceUid);
  };
}
