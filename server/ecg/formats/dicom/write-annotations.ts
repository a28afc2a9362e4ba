import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { Trace, TraceAnnotation } from '../../trace.ts';
import { attribute, codeItem, items, line } from './dicom-values.ts';
import { codeOfMeasurement } from './measurement-codes.ts';
import { wave } from './waveform-tags.ts';

/** Annotation groups of ours: the recorder's words, its numbers, and what is at a place. */
const STATEMENTS = 0;
const NUMBERS = 1;
const PLACES = 2;
const MAX_TEXT = 1024;

function item(channel: readonly [number, number], group: number, more: DicomJson): DicomJson {
  return {
    [wave.ReferencedWaveformChannels]: attribute('US', ...channel),
    [wave.AnnotationGroupNumber]: attribute('US', group),
    ...more,
  };
}

const freeText = (text: string): DicomJson => ({
  [wave.UnformattedTextValue]: attribute('ST', [...text].slice(0, MAX_TEXT).join('').trim() || '-'),
});

/** UCUM says 1 for what has no unit. */
const unitItem = (unit: string) => items(codeItem(unit, 'UCUM', unit === '1' ? 'no units' : unit));

const numeric = (concept: DicomJson, value: number, unit: string): DicomJson => ({
  [wave.MeasurementUnitsCodeSequence]: unitItem(unit),
  [wave.ConceptNameCodeSequence]: items(concept),
  [wave.NumericValue]: attribute('DS', value),
});

function measurementItem(name: string, number: number): DicomJson {
  const { value, scheme, meaning, unit } = codeOfMeasurement(name);
  return item([1, 0], NUMBERS, numeric(codeItem(value, scheme, meaning), number, unit));
}

/** Group and channel that an annotation is about, from 1; channel 0 is all of the group. */
function channelOf({ lead }: TraceAnnotation, { recordings }: Trace): [number, number] {
  if (lead === null) return [1, 0];
  for (const [group, { leads }] of recordings.entries()) {
    const channel = leads.findIndex(({ code }) => code === lead);
    if (channel >= 0) return [group + 1, channel + 1];
  }
  return [1, 0];
}

/** Sample positions, counted from 1, where the times fall on samples; else seconds (PS3.3 C.10.10). */
function temporal(times: readonly number[], group: Trace['recordings'][number]): DicomJson {
  const type = times.length === 2 ? 'SEGMENT' : 'POINT';
  const after = times.map((ms) => ms - group.startMs);
  const points = after.map((ms) => (ms * group.samplingFrequency) / 1000);
  const isOnSamples = points.every((point) => point >= 0 && Math.abs(point - Math.round(point)) < 1e-6);
  return {
    [wave.TemporalRangeType]: attribute('CS', type),
    ...(isOnSamples
      ? { [wave.ReferencedSamplePositions]: attribute('UL', ...points.map((point) => Math.round(point) + 1)) }
      : { [wave.ReferencedTimeOffsets]: attribute('DS', ...after.map((ms) => ms / 1000)) }),
  };
}

function annotationItem(annotation: TraceAnnotation, trace: Trace): DicomJson {
  const { text, atMs, endMs, value, unit } = annotation;
  const channel = channelOf(annotation, trace);
  const group = trace.recordings[channel[0] - 1];
  const times = atMs === null || !group ? [] : endMs === null ? [atMs] : [atMs, endMs];
  const concept = codeItem('ANNOTATION', '99LIANZHEN', line(text) || 'annotation');
  const words = value === null ? freeText(text) : numeric(concept, value, unit ?? '1');
  return item(channel, PLACES, { ...words, ...(group && times.length > 0 ? temporal(times, group) : {}) });
}

/** (0040,B020) of a trace: what the recorder said, measured and marked (PS3.3 C.10.10). */
export function annotationItems(trace: Trace): DicomJson[] {
  return [
    ...trace.statements.filter((text) => text.trim() !== '').map((text) => item([1, 0], STATEMENTS, freeText(text))),
    ...Object.entries(trace.deviceMeasurements).map(([name, value]) => measurementItem(name, value)),
    ...trace.annotations.map((annotation) => annotationItem(annotation, trace)),
  ];
}
