import type { TraceAnnotation } from '../../trace.ts';
import { leadOf } from './lead-names.ts';
import { isMissing } from './missing-values.ts';
import { type SectionCursor, scpInvalid } from './section-cursor.ts';

const maxLeads = 256;

/** What is measured in a lead, in the order of EN 1064, 5.13.3; null for codes and bits that are no quantity. */
const quantities: ReadonlyArray<readonly [text: string, unit: string] | null> = [
  ['P duration', 'ms'],
  ['PR interval', 'ms'],
  ['QRS duration', 'ms'],
  ['QT interval', 'ms'],
  ['Q duration', 'ms'],
  ['R duration', 'ms'],
  ['S duration', 'ms'],
  ["R' duration", 'ms'],
  ["S' duration", 'ms'],
  ['Q amplitude', 'uV'],
  ['R amplitude', 'uV'],
  ['S amplitude', 'uV'],
  ["R' amplitude", 'uV'],
  ["S' amplitude", 'uV'],
  ['J amplitude', 'uV'],
  ['P+ amplitude', 'uV'],
  ['P- amplitude', 'uV'],
  ['T+ amplitude', 'uV'],
  ['T- amplitude', 'uV'],
  ['ST slope', 'uV/s'],
  null,
  null,
  ['isoelectric segment at QRS onset', 'ms'],
  ['isoelectric segment at QRS end', 'ms'],
  ['intrinsicoid deflection', 'ms'],
  null,
  ['ST amplitude at J + 20 ms', 'uV'],
  ['ST amplitude at J + 60 ms', 'uV'],
  ['ST amplitude at J + 80 ms', 'uV'],
  ['ST amplitude at J + RR/16', 'uV'],
  ['ST amplitude at J + RR/8', 'uV'],
];

/** Reads section 10 (EN 1064, 5.13): the recorder's numbers of each lead, as annotations of the lead without a time. */
export function readLeadMeasurements(cursor: SectionCursor): TraceAnnotation[] {
  const start = cursor.at();
  const count = cursor.u16('number of leads');
  if (count > maxLeads) throw scpInvalid(cursor.where, `at most ${maxLeads} leads`, String(count), start);
  cursor.u16('bytes of a manufacturer');
  return Array.from({ length: count }, () => readLead(cursor)).flat();
}

function readLead(cursor: SectionCursor): TraceAnnotation[] {
  const [id, length] = [cursor.u16('lead code'), cursor.u16('length of measurements')];
  const bytes = cursor.take(length, 'measurements');
  const lead = leadOf(id)?.code ?? `lead ${id}`;
  return quantities.slice(0, Math.floor(length / 2)).flatMap((quantity, index) => {
    const value = bytes.readInt16LE(2 * index);
    if (!quantity || isMissing(value)) return [];
    return [{ text: quantity[0], atMs: null, endMs: null, lead, value, unit: quantity[1] }];
  });
}
