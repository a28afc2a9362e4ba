import { charsetTerm } from '@lianzhen/dicom/charsets.ts';
import { type DicomJson, texts } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';

/** Sets that hold every Chinese name. */
const sufficient = ['ISO_IR 192', 'GB18030'];

/**
 * The character set of an answer: what the device is known to use, else what it asked in, where that can hold Chinese
 * names; else UTF-8. GBK is answered as GB18030, which is the same for every character of GBK and a defined term.
 */
export function answerCharset(identifier: DicomJson, override: string | null): string {
  const asked = [override, ...texts(identifier, tags.SpecificCharacterSet)];
  for (const name of asked) {
    const term = name ? charsetTerm(name) : undefined;
    if (term === 'GBK') return 'GB18030';
    if (term && sufficient.includes(term)) return term;
  }
  return 'ISO_IR 192';
}
