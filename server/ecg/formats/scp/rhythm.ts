import type { TraceWarning } from '../../trace.ts';
import { addReferenceBeat, type Scaled } from './add-reference-beat.ts';
import type { BeatLocations } from './beat-locations.ts';
import { expandBimodal, storedLength, stretchesOf } from './bimodal.ts';
import type { HuffmanTables } from './huffman-table.ts';
import type { ScpLead } from './lead-definitions.ts';
import type { ReferenceBeat } from './read-reference.ts';
import { scpInvalid } from './section-cursor.ts';
import { decodeLead, type WaveData } from './wave-data.ts';

/** The standard decimates by 4, some recorders by 2. */
const maxFactor = 8;

/** Sections 2 to 6 as far as they concern the rhythm. */
export interface RhythmParts {
  readonly leads: readonly ScpLead[];
  readonly isBeatSubtracted: boolean;
  readonly locations: BeatLocations | undefined;
  readonly beat: ReferenceBeat | undefined;
  readonly data: WaveData;
  readonly tables: HuffmanTables | undefined;
  readonly warnings: TraceWarning[];
}

/**
 * The rhythm as it was before it was compressed (EN 1064, 5.9): Huffman codes and differences undone, decimated stretches
 * filled, the reference beat added.
 * @returns microseconds between samples and, per lead of section 3, its samples and nanovolts per unit
 */
export function decodeRhythm(parts: RhythmParts): { interval: number; scaled: Scaled[] } {
  const { leads, data, tables, warnings, beat, locations } = parts;
  const expand = data.isBimodal ? bimodalOf(parts) : undefined;
  if (parts.isBeatSubtracted) checkSubtraction(parts);
  const scaled = data.leads.map((coded, index): Scaled => {
    const lead = leads[index] ?? { code: '', derived: false, first: 1, count: 0 };
    const stretches = expand && stretchesOf(lead, expand.areas, 'section 4', expand.offset);
    const count = stretches ? storedLength(stretches, expand.factor) : lead.count;
    const stored = decodeLead(coded, count, data, tables, warnings);
    const samples = stretches ? expandBimodal(stored, stretches, expand.factor) : stored;
    const residual = { samples, multiplier: data.multiplier };
    const beatSamples = beat?.samples[index];
    if (!parts.isBeatSubtracted || !beat || !beatSamples || !locations) return residual;
    const added = { samples: beatSamples, multiplier: beat.data.multiplier };
    return addReferenceBeat(residual, added, lead, locations, coded.where, coded.offset);
  });
  return { interval: data.interval / (expand?.factor ?? 1), scaled };
}

/** How often was decimated is the sample interval of section 6 over that of section 5 (EN 1064, 5.9.3). */
function bimodalOf({ data, beat, locations }: RhythmParts) {
  const offset = data.leads[0]?.offset ?? 0;
  if (!beat) throw scpInvalid('section 5', 'its sample interval for bimodal compression', 'no section', offset);
  const areas = locations?.protectedAreas;
  if (!areas) throw scpInvalid('section 4', 'protected areas for bimodal compression', 'none', offset);
  const factor = data.interval / beat.data.interval;
  if (!Number.isInteger(factor) || factor > maxFactor) {
    const found = `${data.interval} and ${beat.data.interval} microseconds`;
    throw scpInvalid('section 6', `1 to ${maxFactor} times the sample interval of section 5`, found, offset);
  }
  return { areas, factor, offset };
}

function checkSubtraction({ data, beat, locations }: RhythmParts): void {
  const offset = data.leads[0]?.offset ?? 0;
  if (!beat) throw scpInvalid('section 5', 'the reference beat that was subtracted', 'no section', offset);
  if (!locations)
    throw scpInvalid('section 4', 'the places where the reference beat was subtracted', 'no section', offset);
  if (!data.isBimodal && data.interval !== beat.data.interval) {
    const found = `${data.interval} and ${beat.data.interval} microseconds`;
    throw scpInvalid('section 6', 'the sample interval of section 5', found, offset);
  }
}
