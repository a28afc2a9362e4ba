import type { LookupTable } from '../source/lookup-tables.ts';
import type { ImageHeader, VoiFunction } from '../source/study-model.ts';
import { type Modality, modalityValue } from './modality.ts';

/** How values become brightness: a window, or a table of the file. */
export type Voi =
  | { readonly kind: 'window'; readonly center: number; readonly width: number; readonly shape: VoiFunction }
  | { readonly kind: 'table'; readonly table: LookupTable };

/** One of the looks the file itself proposes. */
export interface FileVoi {
  readonly voi: Voi;
  readonly explanation: string;
}

/** What a picture without a window of its own is shown with, by modality; others are spread over their values. */
const usual: Readonly<Record<string, { readonly center: number; readonly width: number }>> = {
  CT: { center: 40, width: 400 },
};

/** Every look of the file, windows first, in its order (PS3.3 C.11.2). */
export function fileVois(header: ImageHeader, tables: readonly LookupTable[]): FileVoi[] {
  const windows = header.windows.map(({ center, width, explanation }): FileVoi => {
    return { voi: { kind: 'window', center, width, shape: header.voiFunction }, explanation };
  });
  const fromTables = tables.map(
    (table): FileVoi => ({ voi: { kind: 'table', table }, explanation: table.explanation }),
  );
  return [...windows, ...fromTables];
}

/** The window that shows every value from the least to the greatest one. */
export function fullWindow(modality: Modality, min: number, max: number): Voi {
  const ends = [modalityValue(modality, min), modalityValue(modality, max)];
  const low = Math.min(...ends);
  const width = Math.max(...ends) - low || 1;
  return { kind: 'window', center: low + width / 2, width, shape: 'LINEAR_EXACT' };
}

/** The look of a file without one: what is usual for CT, else everything. */
export function defaultVoi(header: ImageHeader, modality: Modality, min: number, max: number): Voi {
  const window = header.rescale ? usual[header.modality] : undefined;
  return window ? { kind: 'window', ...window, shape: 'LINEAR' } : fullWindow(modality, min, max);
}

/** A window that comes near to a table, to go on from when the reader begins to change brightness. */
export function windowOfTable(table: LookupTable): { center: number; width: number } {
  const width = Math.max(1, table.values.length);
  return { center: table.first + width / 2, width };
}
