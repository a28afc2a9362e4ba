import { charsetTerms } from '@lianzhen/contracts/imaging.ts';
import { charsetTerm } from '@lianzhen/dicom/charsets.ts';
import { canEncode } from '@lianzhen/dicom/encode-text.ts';
import { type DicomJson, texts } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';

const utf8 = ['ISO_IR 192'];

/**
 * The values of (0008,0005) for one answer: what the device is known to use, else what it asked in, where that can hold
 * every character of the answer; else UTF-8. GBK is answered as GB18030, which is the same for every character of GBK and
 * a defined term.
 */
export function answerCharset(answer: DicomJson, identifier: DicomJson, override: string | null): string[] {
  const asked = texts(identifier, tags.SpecificCharacterSet);
  const candidates = [...(override === null ? [] : [charsetTerms(override)]), ...(asked.length > 0 ? [asked] : [])];
  const content = allText(answer);
  for (const candidate of candidates) {
    const terms = candidate.map((name) => (name === '' ? '' : charsetTerm(name)));
    if (terms.includes(undefined)) continue;
    const known = terms.map((term) => (term === 'GBK' ? 'GB18030' : (term ?? '')));
    if (canEncode(content, known)) return known;
  }
  return utf8;
}

/** Every text of a dataset, at every depth, one after the other. */
function allText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(allText).join(' ');
}
