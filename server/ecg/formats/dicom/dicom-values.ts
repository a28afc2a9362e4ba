import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { DicomAttribute, DicomJson, PersonName } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';

/** An attribute with these values; what is not known is left out, so that none at all makes an empty one. */
export const attribute = (vr: string, ...values: (string | number | null | undefined)[]): DicomAttribute => ({
  vr,
  Value: values.filter((value) => value !== undefined && value !== null && value !== ''),
});

export const items = (...datasets: DicomJson[]): DicomAttribute => ({ vr: 'SQ', Value: datasets });

/** A text that fits its representation: bounded, on one line, without the backslash that would make two values of it. */
export const line = (text: string | null | undefined, limit = 64): string =>
  [...visibleText(text ?? '').replace(/[\n\\]/g, ' ')].slice(0, limit).join('').trim();

export const codeItem = (value: string, scheme: string, meaning: string): DicomJson => ({
  [tags.CodeValue]: attribute('SH', line(value, 16)),
  [tags.CodingSchemeDesignator]: attribute('SH', scheme),
  [tags.CodeMeaning]: attribute('LO', line(meaning) || value),
});

/** A name as it was given: one group, or several joined by `=`. */
export function nameAttribute(name: string): DicomAttribute {
  const [alphabetic = '', ideographic = '', phonetic = ''] = name.split('=').map((group) => line(group));
  const value: PersonName = {};
  if (alphabetic) value.Alphabetic = alphabetic;
  if (ideographic) value.Ideographic = ideographic;
  if (phonetic) value.Phonetic = phonetic;
  return { vr: 'PN', Value: Object.keys(value).length === 0 ? [] : [value] };
}
