import { type BeatLocations, readBeatLocations } from './beat-locations.ts';
import type { HuffmanTables } from './huffman-table.ts';
import type { ScpLead } from './lead-definitions.ts';
import { openSection, type ScpRecord } from './record.ts';
import { decodeLead, readWaveData, type WaveData } from './wave-data.ts';

/** Section 5 decoded: the same number of samples for each lead of section 3. */
export interface ReferenceBeat {
  readonly data: WaveData;
  readonly count: number;
  readonly samples: readonly Int32Array[];
}

/** Sections 4 and 5: the reference beat and where in the rhythm it lies; each is undefined where the record has none. */
export function readReference(
  record: ScpRecord,
  leads: readonly ScpLead[],
  tables: HuffmanTables | undefined,
): { locations?: BeatLocations | undefined; beat?: ReferenceBeat | undefined } {
  const [fourth, fifth] = [openSection(record, 4), openSection(record, 5)];
  const locations = fourth && readBeatLocations(fourth);
  if (!fifth) return { locations };
  const data = readWaveData(fifth, leads, false);
  const count = beatLength(data, locations, tables === undefined);
  if (count === 0) {
    record.warnings.push({ code: 'section-skipped', where: fifth.where, detail: 'no length of the beat in section 4' });
    return { locations };
  }
  const samples = data.leads.map((lead) => decodeLead(lead, count, data, tables, record.warnings));
  return { locations, beat: { data, count, samples } };
}

/** Samples of the reference beat: section 4 has its length in milliseconds, uncompressed data have it themselves. */
function beatLength(data: WaveData, locations: BeatLocations | undefined, isPlain: boolean): number {
  const named = Math.floor(((locations?.referenceLength ?? 0) * 1000) / data.interval);
  if (!isPlain || named > 0) return named;
  return Math.min(...data.leads.map(({ bytes }) => Math.floor(bytes.length / 2)));
}
