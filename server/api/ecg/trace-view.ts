import { MeasurementSet, type TraceView } from '@lianzhen/contracts/ecg.ts';
import type { FoundTrace } from './find-trace.ts';
import { levelsOf } from './overview-levels.ts';
import type { TraceFound } from './store.ts';
import { traceRow } from './trace-row.ts';

/** A trace as the viewer opens it: everything but its samples. */
export function traceView({ trace, study, instance, isAnonymous }: FoundTrace): TraceView {
  const { annotations = [], statements = [], deviceMeasurements = {}, device } = trace.said as Partial<TraceView>;
  const sets = trace.measurements.map(measurementSet);
  const patient = isAnonymous ? null : study.patient;
  return {
    ...traceRow(trace, isAnonymous ? null : study),
    seriesInstanceUid: instance.seriesInstanceUid,
    recordings: trace.recordings as TraceView['recordings'],
    annotations,
    statements,
    deviceMeasurements,
    device: device ?? { manufacturer: null, model: null, serialNumber: null, software: null },
    patient: patient && { ...patient, birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null },
    automatic: sets.find(({ authorId }) => authorId === null) ?? null,
    measured: newestByPerson(sets),
    overviewLevels: levelsOf(trace, 0),
    original:
      trace.originalBlob === null
        ? { mediaType: 'application/dicom', size: instance.size, name: null }
        : {
            mediaType: trace.originalType ?? 'application/octet-stream',
            size: trace.originalSize ?? 0,
            name: trace.originalName,
          },
    error: trace.error as TraceView['error'],
  };
}

export function measurementSet(row: TraceFound['measurements'][number]): MeasurementSet {
  const { id, authorId, authorName, at, revision, content } = row;
  return MeasurementSet.parse({ ...(content as object), id, authorId, authorName, at: at.toISOString(), revision });
}

/** @param sets the newest first */
function newestByPerson(sets: readonly MeasurementSet[]): MeasurementSet[] {
  const people = new Map<string, MeasurementSet>();
  for (const set of sets) if (set.authorId !== null && !people.has(set.authorId)) people.set(set.authorId, set);
  return [...people.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1));
}
