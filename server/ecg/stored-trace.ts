import type { ByteSource } from '@lianzhen/dicom/byte-source.ts';
import { completeLeads, completeTrace } from './complete-leads.ts';
import { describeTrace } from './describe-trace.ts';
import { readDicom, traceFacts } from './formats/dicom/read-dicom.ts';
import {
  describeWaveform,
  readRange,
  type WaveformGroup,
  type WaveformLayout,
} from './formats/dicom/waveform-layout.ts';
import { type DerivedLead, limbSums } from './leads.ts';
import type { Lead, Recording, Trace } from './trace.ts';

/** A recording whose samples are fetched when they are wanted. */
export interface StoredRecording extends Omit<Recording, 'leads'> {
  readonly sampleCount: number;
  readonly leads: readonly Omit<Lead, 'samples'>[];
}
/** A stretch of one lead. */
export interface StoredLead extends Lead {
  /** The sample that stands for none, where there is such a one: of this lead, or of the leads that it is a sum of. */
  isMissing(at: number): boolean;
}

/** A stored waveform instance: what is in it, and its samples by stretches. The order of recordings never changes. */
export interface StoredTrace {
  readonly facts: Omit<Trace, 'recordings'>;
  readonly recordings: readonly StoredRecording[];
  /** Samples `from` to `to` (not included) of every lead of a recording, limb leads completed. */
  read(recording: number, from: number, to: number): Promise<readonly StoredLead[]>;
}

/** Up to this size the file is held in memory; a longer recording is read range by range. */
const wholeBytes = 4 * 1024 * 1024;

/**
 * Opens a Part 10 file that holds an electrocardiogram.
 * @throws HubError ecg-invalid, as `readDicom`, `describeTrace` and `describeWaveform`
 */
export const openStoredTrace = async (source: ByteSource): Promise<StoredTrace> =>
  source.size <= wholeBytes ? inMemory(await source.read(0, source.size)) : byRange(await describeWaveform(source));

function inMemory(bytes: Buffer): StoredTrace {
  const { recordings, ...facts } = completeTrace(describeTrace(readDicom(bytes)));
  return {
    facts,
    recordings: recordings.map(({ leads, ...recording }) => ({
      ...recording,
      sampleCount: leads[0]?.samples.length ?? 0,
      leads: leads.map(describedLead),
    })),
    read: async (recording, from, to) =>
      (recordings[recording]?.leads ?? []).map((lead) => ({
        ...lead,
        samples: lead.samples.subarray(from, to),
        isMissing: never,
      })),
  };
}
const never = () => false;
const describedLead = ({ code, derived, gain, baseline, filter }: Lead): Omit<Lead, 'samples'> => ({
  ...{ code, derived, gain, baseline, filter },
});

/** The channels of one group that began together. */
interface Part {
  readonly group: WaveformGroup;
  readonly channels: readonly number[];
  readonly recording: Omit<Recording, 'leads'>;
}
const place: Readonly<Record<Recording['kind'], number>> = { rhythm: 0, derived: 1, median: 2 };
/** Enough of a recording to tell whether its limb leads are sums of each other. */
const describedSeconds = 10;

async function byRange(layout: WaveformLayout): Promise<StoredTrace> {
  const facts = traceFacts(layout);
  const parts = partsOf(layout);
  const recordings: StoredRecording[] = [];
  for (const part of parts) {
    const { sampleCount, samplingFrequency } = part.group;
    const some = Math.min(sampleCount, Math.ceil(describedSeconds * samplingFrequency));
    const leads = await readPart(layout, part, 0, some);
    recordings.push({ ...part.recording, sampleCount, leads: leads.map(describedLead) });
  }
  return {
    facts,
    recordings,
    read: async (recording, from, to) => {
      const part = parts[recording];
      return part ? readPart(layout, part, from, to) : [];
    },
  };
}
function partsOf({ groups }: WaveformLayout): Part[] {
  return groups
    .flatMap((group) => {
      const { kind, label, samplingFrequency } = group;
      const voltages = [...group.channels.keys()].filter((channel) => group.channels[channel]?.isVoltage);
      const together = Map.groupBy(voltages, (channel) => group.channels[channel]?.skew ?? 0);
      return [...together].map(([skew, channels]) => {
        const startMs = group.startMs + (skew * 1000) / samplingFrequency;
        return { group, channels, recording: { kind, label, samplingFrequency, startMs } };
      });
    })
    .toSorted((a, b) => place[a.recording.kind] - place[b.recording.kind]);
}

/** Leads that are sums of others are computed of each stretch: they need no other sample than the ones beside them. */
async function readPart(layout: WaveformLayout, part: Part, from: number, to: number): Promise<StoredLead[]> {
  const { group, channels, recording } = part;
  const samples = await readRange(layout, group, from, to);
  const leads = channels.flatMap((channel): Lead[] => {
    const of = group.channels[channel];
    const own = samples[channel];
    if (!of || !own) return [];
    const { code, derived, gain, baseline, filter } = of;
    return [{ code, derived, gain, baseline, filter, samples: own }];
  });
  const stored = new Map(leads.map((lead) => [lead.code, lead]));
  const { recording: completed } = completeLeads({ ...recording, leads });
  return completed.leads.map((lead) => ({ ...lead, isMissing: missingIn(lead.code, stored, group.padding) }));
}

function missingIn(code: string, stored: ReadonlyMap<string, Lead>, padding: number | null): (at: number) => boolean {
  if (padding === null) return never;
  const isSum = !stored.has(code) && code in limbSums;
  const parts = isSum ? Object.keys(limbSums[code as DerivedLead]) : [code];
  const own = parts.flatMap((name) => stored.get(name)?.samples ?? []);
  return (at) => own.some((samples) => samples[at] === padding);
}

/** Microvolts of each sample; NaN where the sample stands for none. */
export function storedMicrovolts({ samples, gain, baseline, isMissing }: StoredLead): Float64Array {
  // A week has hundreds of millions of them: `from` with a function takes ten times as long.
  const values = new Float64Array(samples.length);
  for (let at = 0; at < values.length; at++)
    values[at] = isMissing(at) ? Number.NaN : (samples[at] as number) * gain + baseline;
  return values;
}
