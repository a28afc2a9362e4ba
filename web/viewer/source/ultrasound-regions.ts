import { type JsonDataset, number, sequence } from './json-tags.ts';
import type { UltrasoundRegion } from './study-model.ts';

const maxRegions = 64;

/** Reads Sequence of Ultrasound Regions (0018,6011); a region without bounds or deltas is left out. */
export function ultrasoundRegions(dataset: JsonDataset): UltrasoundRegion[] {
  return sequence(dataset, '00186011')
    .slice(0, maxRegions)
    .flatMap((item) => {
      const minX = number(item, '00186018');
      const minY = number(item, '0018601A');
      const maxX = number(item, '0018601C');
      const maxY = number(item, '0018601E');
      const deltaX = number(item, '0018602C');
      const deltaY = number(item, '0018602E');
      if (minX === null || minY === null || maxX === null || maxY === null || !deltaX || !deltaY) return [];
      const unitX = number(item, '00186024') ?? 0;
      const unitY = number(item, '00186026') ?? 0;
      const spatialFormat = number(item, '00186012') ?? 0;
      // Deltas are negative where an axis runs the other way; a length has no direction.
      return [
        { minX, minY, maxX, maxY, unitX, unitY, deltaX: Math.abs(deltaX), deltaY: Math.abs(deltaY), spatialFormat },
      ];
    });
}
