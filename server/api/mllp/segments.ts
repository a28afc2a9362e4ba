import { HubError } from '@lianzhen/contracts/errors.ts';
import type { MessageHeader } from './message-header.ts';

/** One segment. Numbers count as HL7 counts them: fields, repetitions and components from 1. */
export interface Segment {
  name: string;
  /** Which of its name it is in the message, from 1. */
  nth: number;
  /** The text of a field's component, unescaped; empty where there is none. Without a component, the first. */
  text(field: number, component?: number, repetition?: number): string;
  /** A component's subcomponents. */
  parts(field: number, component: number, repetition?: number): string[];
  /** How often a field is repeated; 0 for an empty one. */
  count(field: number): number;
  /** Every repetition of a field of free text, whole. */
  lines(field: number): string[];
}

const mostSegments = 500;
const longestSegment = 256 * 1024;

/**
 * The segments after MSH.
 * @throws HubError `malformed-request` for a line that is no segment, `too-large` past 500 segments or 256 KiB in one
 */
export function readSegments(header: MessageHeader, text: string): Segment[] {
  const lines = text.split(/[\r\n]+/, mostSegments + 2).filter((line) => line.trim() !== '');
  if (lines.length > mostSegments) throw new HubError('too-large', { expected: `at most ${mostSegments} segments` });
  const seen = new Map<string, number>();
  return lines.slice(1).map((line) => {
    const name = line.slice(0, 3);
    const isSegment = /^[A-Z][A-Z0-9]{2}$/.test(name) && (line.length === 3 || line[3] === header.field);
    if (!isSegment || name === 'MSH')
      throw new HubError('malformed-request', { expected: 'segments, each a name of three letters and its fields' });
    if (line.length > longestSegment)
      throw new HubError('too-large', { field: name, expected: `at most ${longestSegment} characters in a segment` });
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return segmentOf(header, name, nth, line.split(header.field));
  });
}

function segmentOf({ field, encoding }: MessageHeader, name: string, nth: number, fields: string[]): Segment {
  const [component = '^', repetition = '~', mark, subcomponent] = encoding;
  const plain = unescaper(field, encoding);
  const repeated = (at: number): string[] => (fields[at] ? (fields[at] as string).split(repetition) : []);
  const componentOf = (at: number, part: number, which: number): string =>
    repeated(at)[which - 1]?.split(component)[part - 1] ?? '';
  const parts = (at: number, part: number, which = 1): string[] => {
    const value = componentOf(at, part, which);
    return (subcomponent ? value.split(subcomponent) : [value]).map((one) => known(plain(one, mark)));
  };
  return {
    name,
    nth,
    parts,
    text: (at, part = 1, which = 1) => parts(at, part, which)[0] ?? '',
    count: (at) => repeated(at).filter((one) => one !== '').length,
    lines: (at) => repeated(at).map((one) => known(plain(one, mark))),
  };
}

/** HL7 writes `""` for a value that is known to be none. */
const known = (text: string): string => (text.trim() === '""' ? '' : text.trim());

/**
 * Undoes the escapes of v2.5.1 chapter 2.7: delimiters, line breaks and bytes of ASCII. Highlighting is left out;
 * whatever else stands between two marks stays as it is.
 */
function unescaper(field: string, encoding: string): (text: string, mark: string | undefined) => string {
  const [component = '', repetition = '', mark = '', subcomponent = ''] = encoding;
  const plain: Record<string, string> = { F: field, S: component, R: repetition, E: mark, T: subcomponent };
  return (text, sign) => {
    if (!sign || !text.includes(sign)) return text;
    const pieces = text.split(sign);
    let whole = pieces[0] ?? '';
    for (let at = 1; at < pieces.length; at++) {
      const code = pieces[at] ?? '';
      const value = at + 1 < pieces.length ? (plain[code] ?? formatted(code)) : undefined;
      // A mark without its pair is a character like any other.
      if (value === undefined) whole += sign + code;
      else whole += value + (pieces[++at] ?? '');
    }
    return whole;
  };
}

function formatted(code: string): string | undefined {
  if (code === '.br' || code === '.sp' || code === '.ce') return '\n';
  if (code === 'H' || code === 'N' || code === '.fi' || code === '.nf') return '';
  const hex = /^X((?:[2-7][0-9A-Fa-f])+|0[AaDd])$/.exec(code)?.[1];
  return hex === undefined
    ? undefined
    : Buffer.from(hex, 'hex')
        .toString('latin1')
        .replace(/[\r\n]+/g, '\n');
}
