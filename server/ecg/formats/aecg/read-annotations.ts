import { leadCode } from '../../leads.ts';
import type { TraceAnnotation } from '../../trace.ts';
import { at, children, every, line, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { warn, type XmlSource } from '../xml/xml-source.ts';
import { hl7Time, msBetween, unitsPerSecond } from './aecg-time.ts';
import { measurementOf } from './measurement-codes.ts';

const mostAnnotations = 50_000;
const mostStatements = 200;

/** Everything that the annotation sets of a file say, gathered over all series. */
export interface Said {
  readonly annotations: TraceAnnotation[];
  readonly statements: string[];
  readonly measurements: Record<string, number>;
}

/** Where the annotations of a series lie in the trace. */
export interface SeriesPlace {
  /** The beginning of the trace. */
  readonly traceStart: string | null;
  /** Milliseconds after the beginning of the trace. */
  readonly startMs: number;
  /** Times count from the beginning of a representative beat, which has no place in the rhythm. */
  readonly isMedian: boolean;
}

interface Region {
  readonly atMs: number | null;
  readonly endMs: number | null;
  readonly lead: string | null;
}

function edge(source: XmlSource, bound: XmlElement | undefined, place: SeriesPlace): number | null {
  const value = bound?.attributes.get('value');
  if (value === undefined) return null;
  const inSecond = unitsPerSecond(bound?.attributes.get('unit'));
  if (inSecond === undefined) return msBetween(place.traceStart, hl7Time(source, value, 'boundary'));
  const number = numeric(value);
  return number === undefined ? null : (number / inSecond) * 1000 + (place.isMedian ? 0 : place.startMs);
}

/** What the boundaries of an annotation say; what they leave out is inherited from the annotation around it. */
function regionOf(source: XmlSource, annotation: XmlElement, place: SeriesPlace, around: Region): Region {
  let region = around;
  for (const boundary of every(annotation, 'support/supportingROI/component/boundary')) {
    const code = at(boundary, 'code')?.attributes.get('code') ?? '';
    const value = at(boundary, 'value');
    if (/^MDC_ECG_LEAD_/i.test(code)) region = { ...region, lead: leadCode(code) };
    else if (code === 'TIME_RELATIVE' || code === 'TIME_ABSOLUTE')
      region = {
        ...region,
        atMs: edge(source, at(value, 'low') ?? at(value, 'center') ?? value, place),
        endMs: edge(source, at(value, 'high'), place),
      };
  }
  return region;
}

function say(source: XmlSource, said: Said, annotation: TraceAnnotation): void {
  if (said.annotations.length < mostAnnotations) said.annotations.push(annotation);
  else warn(source, 'section-skipped', 'annotationSet', `more than ${mostAnnotations}`);
}

/** A wave of a representative beat becomes its onset and its end as numbers: placed in the rhythm it would be a lie. */
function sayOfMedian(source: XmlSource, said: Said, text: string, region: Region): void {
  const none = { atMs: null, endMs: null, lead: region.lead, unit: 'ms' };
  if (region.atMs !== null) say(source, said, { ...none, text: `${text} onset`, value: region.atMs });
  if (region.endMs !== null) say(source, said, { ...none, text: `${text} end`, value: region.endMs });
}

/** A beat without boundaries of its own lies where the waves lie that it is made of. */
function placeByParts(said: Said, index: number): void {
  const beat = said.annotations[index];
  const parts = said.annotations.slice(index + 1);
  if (!beat || beat.atMs !== null || beat.endMs !== null || parts.length === 0) return;
  const times = parts.flatMap((part) => [part.atMs, part.endMs]).filter((time) => time !== null);
  // A loop, because a beat of a forged file may have more parts than a call may have arguments.
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) [from, to] = [Math.min(from, time), Math.max(to, time)];
  if (times.length > 0) said.annotations[index] = { ...beat, atMs: from, endMs: to };
}

function isStatement(code: string): boolean {
  return /^MDC_ECG_INTERPRETATION/i.test(code);
}

function addStatement(source: XmlSource, said: Said, value: XmlElement | undefined): void {
  const text = line(source, value?.text.trim() || value?.attributes.get('displayName'), 'interpretation', 1024);
  if (text && said.statements.length < mostStatements) said.statements.push(text);
}

function readAnnotation(
  source: XmlSource,
  said: Said,
  annotation: XmlElement,
  place: SeriesPlace,
  around: Region,
): void {
  const code = at(annotation, 'code')?.attributes.get('code')?.trim().slice(0, 128) ?? '';
  const value = at(annotation, 'value');
  const region = regionOf(source, annotation, place, around);
  const coded = line(source, value?.attributes.get('code') ?? value?.text, code || 'annotation', 256);
  const number = numeric(value?.attributes.get('value'));
  const measured = region.lead === null && region.atMs === null ? measurementOf(code, value) : undefined;
  const before = said.annotations.length;
  if (isStatement(code)) addStatement(source, said, value);
  else if (measured) said.measurements[measured.name] ??= measured.value;
  else if (number !== undefined) {
    const unit = line(source, value?.attributes.get('unit'), code, 16);
    const times = place.isMedian ? { atMs: null, endMs: null } : { atMs: region.atMs, endMs: region.endMs };
    say(source, said, { text: code, ...times, lead: region.lead, value: number, unit });
  } else if (place.isMedian) sayOfMedian(source, said, coded ?? code, region);
  else if (coded || region.atMs !== null || region.endMs !== null)
    say(source, said, { text: coded ?? code, ...region, value: null, unit: null });
  const count = said.annotations.length;
  for (const inner of every(annotation, 'component/annotation')) readAnnotation(source, said, inner, place, region);
  if (count > before) placeByParts(said, count - 1);
}

/** Adds what the annotation sets of one series say: waves and beats, global measurements, statements of the recorder. */
export function readAnnotations(source: XmlSource, said: Said, series: XmlElement, place: SeriesPlace): void {
  const nowhere: Region = { atMs: null, endMs: null, lead: null };
  for (const set of children(series, 'subjectOf').flatMap((one) => children(one, 'annotationSet')))
    for (const annotation of every(set, 'component/annotation'))
      readAnnotation(source, said, annotation, place, nowhere);
}
