import { type DicomJson, number, numbers, sequence, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { TraceAnnotation } from '../../trace.ts';
import { measurementOf } from './measurement-codes.ts';
import type { WaveformGroup } from './waveform-layout.ts';
import { tagName, wave } from './waveform-tags.ts';

export interface ReadAnnotations {
  readonly annotations: TraceAnnotation[];
  readonly statements: string[];
  readonly deviceMeasurements: Record<string, number>;
}

const MAX_ANNOTATIONS = 100_000;
const MAX_TEXT = 1024;

interface Place {
  readonly atMs: number | null;
  readonly endMs: number | null;
}
interface Reference {
  readonly group: WaveformGroup;
  readonly lead: string | null;
  /** Milliseconds of sample 1 after the beginning of the trace. */
  readonly origin: number;
}
const nowhere: Place = { atMs: null, endMs: null };

/** Where sample 1 of what is referenced lies: of one channel, or of the group where all its channels begin together. */
function originMs({ channels, startMs, samplingFrequency }: WaveformGroup, channel: number): number {
  const first = channels[0]?.skew ?? 0;
  const skew = channels[channel - 1]?.skew ?? (channels.every((one) => one.skew === first) ? first : 0);
  return startMs + (skew * 1000) / samplingFrequency;
}

/** Milliseconds of every temporal point: sample positions count from 1 (PS3.3 C.10.10), offsets are seconds. */
function pointsOf(item: DicomJson, { group, origin }: Reference): number[] {
  const positions = numbers(item, wave.ReferencedSamplePositions);
  if (positions.length > 0) {
    return positions.map((position) => origin + ((position - 1) * 1000) / group.samplingFrequency);
  }
  return numbers(item, wave.ReferencedTimeOffsets).map((seconds) => origin + seconds * 1000);
}

function placesOf(item: DicomJson, reference: Reference): Place[] {
  const points = pointsOf(item, reference).slice(0, MAX_ANNOTATIONS);
  const [first] = points;
  if (first === undefined) return [nowhere];
  const type = text(item, wave.TemporalRangeType) ?? 'POINT';
  if (type === 'SEGMENT' || type === 'MULTISEGMENT') {
    return points.flatMap((atMs, at) => (at % 2 === 0 ? [{ atMs, endMs: points[at + 1] ?? null }] : []));
  }
  if (type === 'END') return [{ atMs: reference.origin, endMs: first }];
  return points.map((atMs) => ({ atMs, endMs: null }));
}

const codeText = (code: DicomJson | undefined): string => (code && text(code, tags.CodeMeaning)) ?? '';

function wordsOf(item: DicomJson): string {
  const name = codeText(sequence(item, wave.ConceptNameCodeSequence)[0]);
  const value = text(item, wave.UnformattedTextValue) ?? codeText(sequence(item, wave.ConceptCodeSequence)[0]);
  return (name && value ? `${name}: ${value}` : name || value).slice(0, MAX_TEXT);
}

/** The group that an annotation is about, and its lead; null for a whole group, or for several. */
function referenceOf(item: DicomJson, groups: readonly WaveformGroup[]): Reference | undefined {
  const [number = 1, channel = 0, ...more] = numbers(item, wave.ReferencedWaveformChannels);
  const group = groups[number - 1];
  const lead = more.length > 0 ? null : (group?.channels[channel - 1]?.code ?? null);
  return group && { group, lead, origin: originMs(group, more.length > 0 ? 0 : channel) };
}

/** Code, value and unit of a number. */
function numberOf(item: DicomJson) {
  const concept = sequence(item, wave.ConceptNameCodeSequence)[0];
  const unitCode = sequence(item, wave.MeasurementUnitsCodeSequence)[0];
  const written = unitCode && text(unitCode, tags.CodeValue);
  return {
    value: number(item, wave.NumericValue) ?? null,
    // UCUM says 1 for what has no unit.
    unit: written === undefined || written === '1' ? null : written,
    code: (concept && text(concept, tags.CodeValue)) ?? '',
    scheme: (concept && text(concept, tags.CodingSchemeDesignator)) ?? '',
  };
}

function readOne(item: DicomJson, groups: readonly WaveformGroup[], read: ReadAnnotations): void {
  const reference = referenceOf(item, groups);
  const words = wordsOf(item);
  const { value, unit, code, scheme } = numberOf(item);
  const lead = reference?.lead ?? null;
  const places = reference ? placesOf(item, reference) : [nowhere];
  const isAboutAll = places.every(({ atMs }) => atMs === null) && lead === null;
  if (isAboutAll && value === null) {
    if (words !== '') read.statements.push(words);
    return;
  }
  const known = value === null ? undefined : measurementOf({ value, code, scheme, meaning: words, unit: unit ?? '' });
  if (isAboutAll && known) {
    // 0 is what recorders write for what they could not measure.
    if (known.value !== 0 || known.name.endsWith('Axis')) read.deviceMeasurements[known.name] ??= known.value;
    return;
  }
  for (const place of places) read.annotations.push(placed({ words, value, unit, lead }, place, reference));
}

type Said = { words: string; value: number | null; unit: string | null; lead: string | null };

/** A place in the median beat is none in the rhythm: it is told as a number beside its name. */
function placed({ words, value, unit, lead }: Said, { atMs, endMs }: Place, at?: Reference): TraceAnnotation {
  if (at?.group.kind !== 'median' || atMs === null) return { text: words, atMs, endMs, lead, value, unit };
  const name = `${words} (${at.group.label ?? 'median'})`.trim();
  if (value !== null) return { text: name, atMs: null, endMs: null, lead, value, unit };
  return { text: name, atMs: null, endMs: null, lead, value: atMs - at.origin, unit: 'ms' };
}

/**
 * What stands in (0040,B020): places become annotations, words about the whole become statements, and the recorder's
 * numbers about the whole are told by our names.
 * @throws HubError ecg-invalid when there are more than 100,000
 */
export function readAnnotations(json: DicomJson, groups: readonly WaveformGroup[]): ReadAnnotations {
  const read: ReadAnnotations = { annotations: [], statements: [], deviceMeasurements: {} };
  for (const item of sequence(json, wave.WaveformAnnotationSequence)) {
    readOne(item, groups, read);
    if (read.annotations.length + read.statements.length > MAX_ANNOTATIONS) {
      const where = tagName(wave.WaveformAnnotationSequence);
      throw ecgInvalid({ format: 'dicom', where, expected: `at most ${MAX_ANNOTATIONS} annotations`, found: 'more' });
    }
  }
  return read;
}
