import type { Lead, RecordedFilter, Recording, TraceWarning } from '../../trace.ts';
import type { Scaled } from './add-reference-beat.ts';
import { readAside } from './aside.ts';
import { readHuffmanTables } from './huffman-table.ts';
import { readLeadDefinitions, type ScpLead } from './lead-definitions.ts';
import { readReference } from './read-reference.ts';
import { openSection, type ScpRecord } from './record.ts';
import { decodeRhythm } from './rhythm.ts';
import { scpInvalid } from './section-cursor.ts';
import { readWaveData, type WaveData } from './wave-data.ts';

/** Nanovolts per unit that a recorder may well have; EN 1064 asks for at most 5 microvolts. */
const usualMultiplier = { from: 100, to: 10_000 };
/** Hz; EN 1064 asks for 500, and old recorders had 250 or 200. */
const usualRate = { from: 200, to: 2000 };

/** Sections 2 to 6: the rhythm, and the reference beat where the record has one. Section 3 and 6 must be there. */
export function readRecordings(record: ScpRecord, filter: RecordedFilter): Recording[] {
  const { warnings } = record;
  const [third, sixth] = [openSection(record, 3), openSection(record, 6)];
  if (!third) throw scpInvalid('section 3', 'the definition of the leads', 'no section', 6);
  if (!sixth) throw scpInvalid('section 6', 'the samples of the rhythm', 'no section', 6);
  const { leads, isBeatSubtracted } = readLeadDefinitions(third, warnings);
  const tables = readHuffmanTables(openSection(record, 2));
  const data = readWaveData(sixth, leads, true);
  const read = () => readReference(record, leads, tables);
  const isNeeded = isBeatSubtracted || data.isBimodal;
  const { locations, beat } = (isNeeded ? read() : readAside(warnings, read)) ?? {};
  const { interval, scaled } = decodeRhythm({ leads, isBeatSubtracted, locations, beat, data, tables, warnings });
  warnOfUnusual(sixth.where, data, interval, warnings);
  const rhythm = group(leads, scaled, { kind: 'rhythm', interval, filter });
  if (!beat) return rhythm;
  const whole = leads.map((lead) => ({ ...lead, first: 1, count: beat.count }));
  const beatScaled = beat.samples.map((samples) => ({ samples, multiplier: beat.data.multiplier }));
  return [...rhythm, ...group(whole, beatScaled, { kind: 'median', interval: beat.data.interval, filter })];
}

interface Kind {
  readonly kind: Recording['kind'];
  /** Microseconds. */
  readonly interval: number;
  readonly filter: RecordedFilter;
}

/** One recording for each set of leads that begin and end together, in the order of their beginning. */
function group(leads: readonly ScpLead[], scaled: readonly Scaled[], { kind, interval, filter }: Kind): Recording[] {
  const begin = Math.min(...leads.map(({ first }) => first));
  const sets = new Map<string, { first: number; leads: Lead[] }>();
  leads.forEach(({ code, derived, first, count }, index) => {
    const { samples, multiplier } = scaled[index] ?? { samples: new Int32Array(count), multiplier: 1 };
    const key = `${first} ${count}`;
    const set = sets.get(key) ?? { first, leads: [] };
    // A lead that was recorded at two times has one reference beat.
    if (set.leads.some((lead) => lead.code === code)) return;
    set.leads.push({ code, derived, samples, gain: multiplier / 1000, baseline: 0, filter });
    sets.set(key, set);
  });
  return [...sets.values()]
    .sort((one, other) => one.first - other.first)
    .map((set) => ({
      kind,
      label: null,
      samplingFrequency: 1_000_000 / interval,
      startMs: ((set.first - begin) * interval) / 1000,
      leads: set.leads,
    }));
}

function warnOfUnusual(where: string, { multiplier }: WaveData, interval: number, warnings: TraceWarning[]): void {
  if (multiplier < usualMultiplier.from || multiplier > usualMultiplier.to) {
    warnings.push({ code: 'gain-unusual', where, detail: `${multiplier / 1000} uV per unit` });
  }
  const rate = 1_000_000 / interval;
  if (rate < usualRate.from || rate > usualRate.to) {
    warnings.push({ code: 'rate-unusual', where, detail: `${Math.round(rate * 100) / 100} Hz` });
  }
}
