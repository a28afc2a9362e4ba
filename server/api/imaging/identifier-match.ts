import { type DicomAttribute, type DicomJson, sequence } from '@lianzhen/dicom/model.ts';

/** Whether a value fits a key with wildcards (PS3.4 C.2.2.2.4); an empty key fits everything. Case does not matter. */
export function fits(key: string, value: string): boolean {
  const wanted = key.trim().toLowerCase();
  if (wanted === '' || /^\*+$/.test(wanted)) return true;
  return isWild(wanted, value.trim().toLowerCase());
}

/** `*` and `?`, in time that grows with the product of both lengths and no faster. */
function isWild(pattern: string, text: string): boolean {
  let [at, in_, star, mark] = [0, 0, -1, 0];
  while (in_ < text.length) {
    if (pattern[at] === '*') {
      [star, mark] = [at, in_];
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[in_])) {
      at += 1;
      in_ += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      in_ = mark;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/**
 * What of an item was asked for (PS3.4 C.4.1.1.3.2): the keys of the identifier, each with the item's value or none. A
 * sequence asked for without keys is given whole.
 */
export function onlyRequested(item: DicomJson, identifier: DicomJson): DicomJson {
  const answer: DicomJson = {};
  for (const [tag, key] of Object.entries(identifier)) {
    const value = item[tag];
    answer[tag] = key.vr === 'SQ' ? requestedSequence(tag, value, identifier) : (value ?? { vr: key.vr });
  }
  return answer;
}

function requestedSequence(tag: string, value: DicomAttribute | undefined, identifier: DicomJson): DicomAttribute {
  const [keys] = sequence(identifier, tag);
  if (!value || !keys || Object.keys(keys).length === 0) return value ?? { vr: 'SQ' };
  return { vr: 'SQ', Value: ((value.Value ?? []) as DicomJson[]).map((one) => onlyRequested(one, keys)) };
}
