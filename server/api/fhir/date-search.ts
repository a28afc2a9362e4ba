import { instantAt } from '@lianzhen/platform/wall-clock.ts';

const grammar = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/**
 * The first instant of what a date parameter names: a year, a month, a day or a time (FHIR R4, search.html#date).
 * @param timeZone IANA name, for what has no offset
 * @returns undefined for what is no date, or lies before the year 1000
 */
export function beginningOf(text: string, timeZone: string): Date | undefined {
  // A plus sign that was not encoded arrives as a space.
  const [, year, month = '01', day = '01', time = '00:00', offset] = grammar.exec(text.replace(' ', '+')) ?? [];
  if (!year || year < '1000') return undefined;
  const wall = `${year}-${month}-${day}T${time}`;
  const instant = instantAt(wall, offset ? 'UTC' : timeZone);
  if (!instant || !offset) return instant;
  const exact = new Date(`${wall}${offset}`);
  return Number.isNaN(exact.getTime()) ? undefined : exact;
}
