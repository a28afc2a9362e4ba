import type { Beat, SampleRange } from '../beat-locations.ts';
import type { HuffmanCode } from '../huffman-table.ts';
import { leadOf } from '../lead-names.ts';
import { assembleRecord } from './assemble-record.ts';
import { i16, join, text, u8, u16, u32 } from './byte-parts.ts';
import { decimate, differences, subtractBeat } from './compress.ts';
import { encodeDefault, encodeWith, tablesSection } from './huffman-encode.ts';

/** Plain 16-bit numbers, the table of the standard, or tables of one's own. */
export type Coding = 'plain' | 'default' | readonly (readonly HuffmanCode[])[];

export interface WrittenLead {
  readonly code: string;
  readonly samples: readonly number[];
  /** Number of the first sample; 1 where not given. */
  readonly first?: number;
  readonly beat?: readonly number[];
}
export interface ScpToWrite {
  readonly leads: readonly WrittenLead[];
  readonly coding?: Coding;
  readonly order?: number;
  /** Microseconds, nanovolts. */
  readonly interval?: number;
  readonly multiplier?: number;
  /** Stored in section 5 where leads have a `beat`. */
  readonly reference?: { readonly fiducial: number; readonly lengthMs?: number; readonly multiplier?: number };
  readonly beats?: readonly Beat[];
  /** Takes the reference beat away at `beats`. */
  readonly isSubtracted?: boolean;
  readonly bimodal?: { readonly factor: number; readonly areas: readonly SampleRange[] };
  /** Values of section 1 by tag. */
  readonly tags?: ReadonlyArray<readonly [tag: number, value: Buffer]>;
  /** Contents of further sections, or in place of those made here. */
  readonly sections?: ReadonlyMap<number, Buffer>;
}

/** An SCP-ECG record for tests, compressed as asked, without rounding unless `bimodal` decimates. */
export function writeScp(options: ScpToWrite): Buffer {
  const { leads, coding = 'default', interval = 2000, multiplier = 2500, reference, bimodal } = options;
  const sections = new Map<number, Buffer>([[1, headerSection(options.tags ?? usualTags)]]);
  if (coding !== 'plain') sections.set(2, coding === 'default' ? u16(19999) : tablesSection(coding));
  sections.set(3, leadSection(leads, options.isSubtracted ?? false));
  if (reference || options.beats || bimodal) sections.set(4, beatSection(options, interval));
  if (reference) {
    const scale = [reference.multiplier ?? multiplier, interval] as const;
    sections.set(
      5,
      waveSection(
        leads.map(({ beat }) => beat ?? []),
        scale,
        options,
      ),
    );
  }
  const rhythm = leads.map(({ samples, beat }) => {
    const residual =
      options.isSubtracted && beat
        ? subtractBeat(samples, beat, reference?.fiducial ?? 1, options.beats ?? [])
        : samples;
    return bimodal ? decimate(residual, bimodal.areas, bimodal.factor) : residual;
  });
  const scale = [multiplier, interval * (bimodal?.factor ?? 1)] as const;
  sections.set(6, waveSection(rhythm, scale, options, bimodal ? 1 : 0));
  for (const [id, contents] of options.sections ?? []) sections.set(id, contents);
  return assembleRecord(sections);
}

/** Patient P-1 on 2026-03-04 at 05:06:07. */
export const usualTags: ReadonlyArray<readonly [number, Buffer]> = [
  [2, text('P-1')],
  [25, join(u16(2026), u8(3, 4))],
  [26, u8(5, 6, 7)],
];

export const headerSection = (tags: ReadonlyArray<readonly [number, Buffer]>): Buffer =>
  join(...tags.map(([tag, value]) => join(u8(tag), u16(value.length), value)), u8(255, 0, 0));

/** Number of a lead code in the table of the standard. */
export function leadId(code: string): number {
  for (let id = 1; id < 256; id += 1) if (leadOf(id)?.code === code) return id;
  throw new Error(`no code for ${code}`);
}

function leadSection(leads: readonly WrittenLead[], isSubtracted: boolean): Buffer {
  const flags = (isSubtracted ? 1 : 0) + 4 + (Math.min(leads.length, 31) << 3);
  const lines = leads.map(({ code, samples, first = 1 }) =>
    join(u32(first, first + samples.length - 1), u8(leadId(code))),
  );
  return join(u8(leads.length, flags), ...lines);
}

function beatSection({ leads, reference, beats = [], bimodal }: ScpToWrite, interval: number): Buffer {
  const length = reference?.lengthMs ?? ((leads[0]?.beat?.length ?? 0) * interval) / 1000;
  const areas = bimodal?.areas ?? [];
  const count = Math.max(beats.length, areas.length);
  const beatAt = (index: number) => beats[index] ?? { type: 1, first: 0, fiducial: 0, last: 0 };
  const areaAt = (index: number) => areas[index] ?? { first: 0, last: 0 };
  const each = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  return join(
    u16(length, reference?.fiducial ?? 0, count),
    ...each(beatAt).map(({ type, first, fiducial, last }) => join(u16(type), u32(first, fiducial, last))),
    ...(bimodal ? each(areaAt).map(({ first, last }) => u32(first, last)) : []),
  );
}

function waveSection(
  leads: readonly (readonly number[])[],
  [multiplier, interval]: readonly [number, number],
  { order = 2, coding = 'default' }: ScpToWrite,
  compression = 0,
): Buffer {
  const data = leads.map((samples) => {
    const values = differences(samples, order);
    const bytes =
      coding === 'plain' ? i16(...values) : coding === 'default' ? encodeDefault(values) : encodeWith(coding, values);
    return bytes.length % 2 === 0 ? bytes : join(bytes, u8(0));
  });
  return join(u16(multiplier, interval), u8(order, compression), u16(...data.map(({ length }) => length)), ...data);
}
