import { partsIn } from '@lianzhen/contracts/report-dates.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';

/** Text that is already safe between delimiters. Only the functions of this file make it. */
export type Hl7 = string & { readonly [escaped]: true };
declare const escaped: unique symbol;

const delimiters: Record<string, string> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' };
const escapeDelimiters = (value: string): string =>
  value.replace(/[\\|^&~]/g, (character) => delimiters[character] ?? character);

/**
 * A value of one line. Delimiters are escaped (HL7 v2.5.1, 2.7); whatever could end a segment or a frame (CR, LF, VT,
 * FS and every other control character) is written out or becomes a space, so that no text can add a segment.
 */
export const value = (text: string | null | undefined): Hl7 =>
  escapeDelimiters(visibleText(text ?? '').replaceAll('\n', ' ')) as Hl7;

/** A formatted text (FT): line ends become `\.br\`. */
export const formatted = (text: string): Hl7 =>
  visibleText(text).split('\n').map(escapeDelimiters).join('\\.br\\') as Hl7;

const join = (parts: readonly Hl7[], separator: string): Hl7 => {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1).join(separator) as Hl7;
};
type Part = Hl7 | string | null | undefined;
const safe = (part: Part | { raw: Hl7 }): Hl7 =>
  typeof part === 'object' && part !== null ? part.raw : value(part as string);

/** Marks a part as escaped already, so that it can stand inside another. */
export const raw = (part: Hl7): { raw: Hl7 } => ({ raw: part });
/** `a^b^c`; plain strings are escaped. */
export const components = (...parts: (Part | { raw: Hl7 })[]): Hl7 => join(parts.map(safe), '^');
/** `a&b`; plain strings are escaped. */
export const subcomponents = (...parts: Part[]): Hl7 => join(parts.map(safe), '&');
/** `a~b`, without the empty ones. */
export const repetitions = (parts: readonly Hl7[]): Hl7 => parts.filter((part) => part !== '').join('~') as Hl7;

/** One segment from its fields by number, as the standard numbers them; without the CR. */
export function segment(name: string, fields: Readonly<Record<number, Hl7>>): string {
  const length = Math.max(0, ...Object.keys(fields).map(Number));
  const all = Array.from({ length }, (_, at) => fields[at + 1] ?? ('' as Hl7));
  return [name, ...all].join('|');
}

/** A time stamp (TS): the clock of the place with its offset, `20260302003000+0800`. */
export function timeStamp(instant: string, timeZone: string): Hl7 {
  const { year, month, day, hour, minute, second } = partsIn(instant, timeZone) as Record<string, string>;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = Math.round((local - new Date(instant).getTime()) / 60_000);
  const size = Math.abs(offset);
  const digits = (n: number) => String(n).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}${digits(size % 60)}`;
  return `${year}${month}${day}${hour}${minute}${second}${zone}` as Hl7;
}
