import type { RecordingInfo } from '@lianzhen/contracts/ecg.ts';
import type { z } from 'zod';
import type { StoredTrace } from './stored-trace.ts';
import type { Trace } from './trace.ts';

/** What is kept of a trace beside its samples, so that lists and the viewer need not open the file. */
export interface TraceFacts {
  acquiredAt: string | null;
  /** Of its longest recording. */
  durationMs: number | null;
  /** Of its first recording, in that order. */
  leadCodes: string[];
  recordings: z.infer<typeof RecordingInfo>[];
  said: Said;
  warnings: Array<{ code: string; where: string; detail?: string | undefined }>;
}
/** The recorder's own words and numbers. Never a result. */
export type Said = Pick<Trace, 'annotations' | 'statements' | 'deviceMeasurements' | 'device'>;

/** Bounds what a file may put into a row; what is beyond stays in the file. */
const most = { annotations: 5000, statements: 200, warnings: 200, measurements: 500 } as const;

export function traceFactsOf({ facts, recordings }: StoredTrace): TraceFacts {
  const infos = recordings.map((recording, index) => ({
    ...recording,
    index,
    durationMs: (recording.sampleCount * 1000) / recording.samplingFrequency,
    leads: recording.leads.map(({ code, derived, gain, baseline, filter }) => ({
      code,
      derived,
      gain,
      baseline,
      filter,
    })),
  }));
  return storable({
    acquiredAt: facts.acquiredAt,
    durationMs: infos.reduce<number | null>((longest, { durationMs }) => Math.max(longest ?? 0, durationMs), null),
    leadCodes: infos[0]?.leads.map(({ code }) => code) ?? [],
    recordings: infos,
    said: saidOf(facts),
    warnings: facts.warnings.slice(0, most.warnings).map((warning) => ({ ...warning })),
  });
}

export function saidOf({ annotations, statements, deviceMeasurements, device }: Said): Said {
  const numbers = Object.entries(deviceMeasurements).filter(([, value]) => Number.isFinite(value));
  return storable({
    annotations: annotations.slice(0, most.annotations),
    statements: statements.slice(0, most.statements),
    deviceMeasurements: Object.fromEntries(numbers.slice(0, most.measurements)),
    device,
  });
}

/** As plain JSON without what PostgreSQL has no place for, in keys as in texts: zero characters and halves of characters. */
export function storable<T>(value: T): T {
  const text = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/i.test(text)) return JSON.parse(text);
  const clean = (one: string) => one.toWellFormed().replaceAll('\0', '');
  return JSON.parse(text, (_key, one: unknown) => {
    if (typeof one === 'string') return clean(one);
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [clean(key), inner]));
  });
}
