import { at } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { isoTime } from '../xml/recorder-time.ts';
import { warn, type XmlSource } from '../xml/xml-source.ts';

const timestamp = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(\.\d{1,9})?([+-]\d{4}|Z)?$/;

/** An HL7 TS as trace.ts has times; null, with the warning `time-unreadable`, for what is not at least a day, an hour and a minute. */
export function hl7Time(source: XmlSource, value: string | undefined, where: string): string | null {
  const plain = value?.trim();
  if (!plain) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction, zone] =
    timestamp.exec(plain) ?? [];
  const moment = year ? isoTime({ date: [year, month, day], hour, minute, second, fraction, zone }) : null;
  if (moment === null) warn(source, 'time-unreadable', where);
  return moment;
}

/** Milliseconds from one moment to another of the same file; null where only one of them says its zone. */
export function msBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const hasZone = (moment: string) => /[+-]\d{2}:\d{2}$/.test(moment);
  if (hasZone(from) !== hasZone(to)) return null;
  const ms = (moment: string) => Date.parse(hasZone(moment) ? moment : `${moment}Z`);
  return ms(to) - ms(from);
}

/** The beginning of an effectiveTime: `low`, else `center`, else its own value. */
export function beginning(source: XmlSource, time: XmlElement | undefined, where: string): string | null {
  const value = at(time, 'low')?.attributes.get('value') ?? at(time, 'center')?.attributes.get('value');
  return hl7Time(source, value ?? time?.attributes.get('value'), where);
}

const perSecond: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, µs: 1e6, μs: 1e6, ns: 1e9 };

/** How many of a UCUM unit of time make a second; undefined for what is not one. */
export function unitsPerSecond(unit: string | undefined): number | undefined {
  const plain = unit?.trim() ?? '';
  return Object.hasOwn(perSecond, plain) ? perSecond[plain] : undefined;
}
