import { partsIn } from '@lianzhen/contracts/report-dates.ts';
import { defaultTimeZone } from '@lianzhen/contracts/report-layout.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { DicomAttribute, DicomJson, PersonName } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { pinyin } from 'pinyin-pro';

/** An attribute with these values; what is not known is left out, so that none at all makes an empty one. */
export const attribute = (vr: string, ...values: (string | number | null | undefined)[]): DicomAttribute => ({
  vr,
  Value: values.filter((value) => value !== undefined && value !== null && value !== ''),
});

export const items = (...datasets: DicomJson[]): DicomAttribute => ({ vr: 'SQ', Value: datasets });

/** A text that fits its representation: bounded, on one line, without the backslash that would make two values of it. */
export const bounded = (text: string, limit: number): string =>
  [...visibleText(text).replace(/[\n\\]/g, ' ')].slice(0, limit).join('').trim();

export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}
export const code = (value: string, scheme: string, meaning: string): Code => ({ value, scheme, meaning });
export const codeItem = ({ value, scheme, meaning }: Code): DicomJson => ({
  // A code that does not fit the short attribute has a long one (PS3.3 8.1).
  ...([...value].length > 16 ? { '00080119': attribute('UC', value) } : { [tags.CodeValue]: attribute('SH', value) }),
  [tags.CodingSchemeDesignator]: attribute('SH', scheme),
  [tags.CodeMeaning]: attribute('LO', bounded(meaning, 64)),
});

/** Both groups of a Chinese name (PS3.5 annex J): letters for machines that have no others, and the name itself. */
export function personName(name: string): DicomAttribute {
  const own = bounded(name, 64).replace(/[=^]/g, ' ');
  if (own === '') return { vr: 'PN', Value: [] };
  // Family name and given name are told apart where the name is written in characters alone.
  const [, family, given] = /^(\p{Script=Han})(\p{Script=Han}{1,3})$/u.exec(own) ?? [];
  if (!family || !given) return { vr: 'PN', Value: [{ Alphabetic: own }] };
  const letters = (part: string) => pinyin(part, { toneType: 'none', type: 'array', surname: 'head' }).join('');
  const value: PersonName = { Alphabetic: `${letters(family)}^${letters(given)}`, Ideographic: `${family}^${given}` };
  return { vr: 'PN', Value: [value] };
}

/** DA and TM of an instant, in the clock of the region. */
export function dayAndTime(at: Date): { day: string; time: string } {
  const { year, month, day, hour, minute, second } = partsIn(at.toISOString(), defaultTimeZone);
  return { day: `${year}${month}${day}`, time: `${hour}${minute}${second}` };
}
