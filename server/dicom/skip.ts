import { tagText } from './dictionary.ts';
import {
  type Encoding,
  emptyHeader,
  IMPLICIT_LITTLE,
  ITEM,
  ITEM_END,
  parseElementHeader,
  SEQUENCE_END,
  UNDEFINED_LENGTH,
} from './element.ts';
import { invalid } from './invalid.ts';

const MAX_LEVELS = 64;

interface Level {
  /** Whether items or the elements of one item are expected. */
  readonly holds: 'items' | 'elements';
  readonly encoding: Encoding;
}

/**
 * Passes over a value of undefined length without reading what is in it: what has a length is jumped over, so the
 * time is linear in the headers and the nesting is a list, not the call stack.
 * @param at the first byte of the value
 * @returns the offset behind its delimiter, or -1 when the bytes end before it
 * @throws HubError dicom-invalid when the nesting is deeper than 32 sequences, or no item is where one must be
 */
export function skipUndefined(bytes: Buffer, at: number, tag: number, encoding: Encoding): number {
  const levels: Level[] = [{ holds: 'items', encoding }];
  const header = emptyHeader();
  let offset = at;
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (offset > bytes.length || !parseElementHeader(bytes, offset, bytes.length, level.encoding, header)) return -1;
    offset += header.headerBytes;
    const isOpen = header.length === UNDEFINED_LENGTH;
    if (header.tag === SEQUENCE_END || header.tag === ITEM_END) {
      if (header.tag === SEQUENCE_END && level.holds === 'elements') levels.pop();
      if (header.tag === ITEM_END && level.holds === 'items') continue;
      levels.pop();
    } else if (level.holds === 'items' && header.tag !== ITEM) {
      throw invalid({ tag, expected: 'an item', found: tagText(header.tag), offset: offset - header.headerBytes });
    } else if (!isOpen) {
      offset += header.length;
    } else if (levels.length >= MAX_LEVELS) {
      throw invalid({ tag, expected: 'at most 32 levels of sequences', found: 'deeper', offset });
    } else if (level.holds === 'items') {
      levels.push({ holds: 'elements', encoding: level.encoding });
    } else {
      levels.push({ holds: 'items', encoding: header.vr === 'UN' ? IMPLICIT_LITTLE : level.encoding });
    }
  }
  return offset;
}
