import type { Recording, Trace } from '../../trace.ts';
import { rootName } from '../xml/decode-xml.ts';
import { at, every, line } from '../xml/find.ts';
import { parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { warn, type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { beginning, msBetween } from './aecg-time.ts';
import { readAnnotations, type Said } from './read-annotations.ts';
import { readFilter } from './read-filter.ts';
import { readSequenceSet, recordingsOf, type SequenceSet } from './read-sequences.ts';
import { readDevice, readSubject } from './read-subject.ts';

const mostSeries = 64;
const mostSets = 256;

interface Series {
  readonly element: XmlElement;
  readonly kind: Recording['kind'];
  readonly label: string | null;
  readonly start: string | null;
  readonly sets: readonly SequenceSet[];
}

/** Whether the bytes are an HL7 aECG document: its root element says so. */
export const looksLikeAecg = (bytes: Buffer): boolean => rootName(bytes) === 'AnnotatedECG';

function readSeries(source: XmlSource, element: XmlElement, parent: XmlElement | undefined, where: string): Series {
  const code = at(element, 'code')?.attributes;
  const isMedian = code?.get('code') === 'REPRESENTATIVE_BEAT';
  // What is derived went through the filters of what it was derived from.
  const own = readFilter(element);
  const inherited = parent ? readFilter(parent) : own;
  const filter = {
    highPassHz: own.highPassHz ?? inherited.highPassHz,
    lowPassHz: own.lowPassHz ?? inherited.lowPassHz,
    notchHz: own.notchHz ?? inherited.notchHz,
  };
  return {
    element,
    kind: isMedian ? 'median' : parent ? 'derived' : 'rhythm',
    label: line(source, code?.get('displayName') ?? code?.get('code'), `${where}/code`, 64),
    start: beginning(source, at(element, 'effectiveTime'), `${where}/effectiveTime`),
    sets: every(element, 'component/sequenceSet').map((set, i) =>
      readSequenceSet(source, set, filter, `${where}/sequenceSet[${i + 1}]`),
    ),
  };
}

function allSeries(source: XmlSource, root: XmlElement): Series[] {
  const found: Series[] = [];
  for (const [i, series] of every(root, 'component/series').entries()) {
    found.push(readSeries(source, series, undefined, `series[${i + 1}]`));
    for (const [j, derived] of every(series, 'derivation/derivedSeries').entries())
      found.push(readSeries(source, derived, series, `series[${i + 1}]/derivedSeries[${j + 1}]`));
  }
  const sets = found.reduce((sum, one) => sum + one.sets.length, 0);
  if (found.length > mostSeries || sets > mostSets)
    throw xmlInvalid(
      source,
      'AnnotatedECG',
      `at most ${mostSeries} series and ${mostSets} sets`,
      `${found.length}, ${sets}`,
    );
  return found;
}

/** The earliest moment that a rhythm names: of its samples, else of its series. */
function traceStart(series: readonly Series[]): string | null {
  const rhythms = series.filter((one) => one.kind === 'rhythm');
  const moments = rhythms
    .flatMap((one) => one.sets.map((set) => set.clock.moment ?? one.start))
    .filter((one) => one !== null);
  return moments.reduce<string | null>(
    (first, one) => (first === null || (msBetween(first, one) ?? 0) < 0 ? one : first),
    null,
  );
}

function startOf(source: XmlSource, one: Series, set: SequenceSet, start: string | null): number {
  if (one.kind === 'median') return set.clock.afterMs ?? 0;
  const seriesMs = one.start === null || start === null ? 0 : msBetween(start, one.start);
  const ms =
    set.clock.moment === null ? (seriesMs ?? 0) + (set.clock.afterMs ?? 0) : msBetween(start, set.clock.moment);
  if (ms === null) warn(source, 'time-unreadable', set.where);
  return ms ?? 0;
}

/**
 * Reads an HL7 aECG document, release 1 (HL7 Annotated ECG, implementation guide of 2005): rhythm and derived series,
 * all sequence sets, annotations, device and subject. Samples are the digits as they stand, with scale as gain and
 * origin as baseline in microvolts. Throws `ecg-invalid` naming the element.
 */
export function readAecg(bytes: Buffer): Trace {
  const source: XmlSource = { format: 'hl7-aecg', warnings: [] };
  const root = parseXml(bytes, source.format, ['digits']);
  if (root.name !== 'AnnotatedECG') throw xmlInvalid(source, 'root element', 'AnnotatedECG', root.name);
  const series = allSeries(source, root);
  const start = traceStart(series);
  const said: Said = { annotations: [], statements: [], measurements: {} };
  const recordings: Recording[] = [];
  for (const one of series) {
    const startsMs = one.sets.map((set) => startOf(source, one, set, start));
    for (const [i, set] of one.sets.entries())
      recordings.push(...recordingsOf(source, set, one.kind, one.label, startsMs[i] ?? 0));
    const place = { traceStart: start, startMs: startsMs[0] ?? 0, isMedian: one.kind === 'median' };
    readAnnotations(source, said, one.element, place);
  }
  const rank = { rhythm: 0, median: 1, derived: 2 };
  recordings.sort((a, b) => rank[a.kind] - rank[b.kind]);
  if (recordings.length === 0) throw xmlInvalid(source, 'AnnotatedECG', 'a series with leads', 'none');
  return {
    format: source.format,
    recordings,
    acquiredAt: start ?? beginning(source, at(root, 'effectiveTime'), 'effectiveTime'),
    patient: readSubject(source, root),
    accessionNumber: null,
    device: readDevice(source, series[0]?.element),
    annotations: said.annotations,
    statements: said.statements,
    deviceMeasurements: said.measurements,
    warnings: source.warnings,
    picture: null,
  };
}
