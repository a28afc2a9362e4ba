import type { LookupTable } from '../source/lookup-tables.ts';
import { lookUp } from '../source/lookup-tables.ts';
import type { ImageHeader } from '../source/study-model.ts';

/** The modality transform of PS3.3 C.11.1: stored values to the values a device means. */
export type Modality =
  | { readonly kind: 'linear'; readonly slope: number; readonly intercept: number; readonly unit: string }
  | { readonly kind: 'table'; readonly table: LookupTable; readonly unit: string };

/** The transform of one frame; without one in the header stored values mean themselves. */
export function modalityOf(header: ImageHeader, table: LookupTable | null): Modality {
  if (table) return { kind: 'table', table, unit: unitOf(header) };
  const { slope, intercept } = header.rescale ?? { slope: 1, intercept: 0 };
  return { kind: 'linear', slope, intercept, unit: unitOf(header) };
}

export function modalityValue(modality: Modality, stored: number): number {
  return modality.kind === 'linear' ? stored * modality.slope + modality.intercept : lookUp(modality.table, stored);
}

/** CT values are Hounsfield units when they are rescaled, unless the file says that they are something else. */
function unitOf({ modality, rescale }: ImageHeader): string {
  const type = rescale?.type ?? '';
  if (type !== '' && type !== 'US') return type;
  return modality === 'CT' && rescale !== null ? 'HU' : '';
}
