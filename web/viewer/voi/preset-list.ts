import { windowPresets } from '../presets.ts';
import type { ImageHeader } from '../source/study-model.ts';
import type { Look } from '../state.ts';
import type { ViewerText } from '../texts.ts';

/** One entry of the list that keys 1 to 9 choose from: a text of ours, or the file's own words. */
export interface PresetChoice {
  readonly id: string;
  readonly name: { readonly key: ViewerText; readonly number?: number } | { readonly words: string };
  readonly window: string;
  readonly look: Pick<Look, 'windowCenter' | 'windowWidth' | 'fileVoi'>;
}

/** The looks of the file first, then those of its modality. */
export function presetList(header: ImageHeader): PresetChoice[] {
  const own: PresetChoice[] = header.windows.map(({ center, width, explanation }, fileVoi) => ({
    id: `file-${fileVoi}`,
    name: explanation ? { words: explanation } : { key: 'preset.file', number: fileVoi + 1 },
    window: windowText(center, width),
    look: { windowCenter: null, windowWidth: null, fileVoi },
  }));
  const tables: PresetChoice[] = header.voiLuts.map(({ explanation }, i) => ({
    id: `table-${i}`,
    name: explanation ? { words: explanation } : { key: 'preset.table', number: i + 1 },
    window: 'LUT',
    look: { windowCenter: null, windowWidth: null, fileVoi: header.windows.length + i },
  }));
  const usual = header.format.samplesPerPixel === 1 ? (windowPresets[header.modality] ?? []) : [];
  const named: PresetChoice[] = usual.map(({ name, center, width }) => ({
    id: name,
    name: { key: name },
    window: windowText(center, width),
    look: { windowCenter: center, windowWidth: width, fileVoi: 0 },
  }));
  return [...own, ...tables, ...named];
}

/** A window as radiologists write it: width first, since it decides more. */
export function windowText(center: number, width: number): string {
  return `W ${short(width)} L ${short(center)}`;
}

/** Whole numbers for whole ranges, three digits for small ones. */
function short(value: number): string {
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
