import type { TraceDevice } from '../../trace.ts';
import { type HeaderTags, openTag } from './header-tags.ts';
import { type ReadText, splitAtNul } from './scp-text.ts';

/** Bytes before the texts of variable length. */
const fixedLength = 35;
const modelOffset = 8;
const modelLength = 6;
const languageOffset = 16;

/** Manufacturer codes of EN 1064, 5.4.3.1 tag 14 byte 8; 255 stands for the name at the end of the tag. */
const manufacturers: Readonly<Record<number, string>> = {
  1: 'Burdick',
  2: 'Cambridge',
  3: 'Compumed',
  4: 'Datamed',
  5: 'Fukuda',
  6: 'Hewlett-Packard',
  7: 'Marquette Electronics',
  8: 'Mortara Instruments',
  9: 'Nihon Kohden',
  10: 'Okin',
  11: 'Quinton',
  12: 'Siemens',
  13: 'Spacelabs',
  14: 'Telemed',
  15: 'Hellige',
  16: 'ESAOTE',
  17: 'Schiller',
  18: 'Picker-Schwarzer',
  19: 'Elettronica Trentina',
  20: 'Zwönitz',
};

/** How the recorder writes texts; 0 (ASCII) where it does not say. */
export const languageCodeOf = (tags: HeaderTags): number =>
  tags.get(14)?.[0]?.bytes.at(languageOffset) ?? tags.get(15)?.[0]?.bytes.at(languageOffset) ?? 0;

/** The acquiring device (tag 14), or where a record has only that the analysing one (tag 15). */
export function readMachine(tags: HeaderTags, text: ReadText): TraceDevice {
  const tag = tags.has(14) ? 14 : 15;
  const cursor = openTag(tags, tag, fixedLength);
  if (!cursor) return { manufacturer: null, model: null, serialNumber: null, software: null };
  const where = cursor.where;
  const fixed = cursor.take(fixedLength, 'the device');
  const rest = cursor.take(cursor.left(), 'the texts of the device');
  // The program's revision is counted, the four texts behind it end with NUL.
  const revisionLength = Math.min(rest.at(0) ?? 0, Math.max(0, rest.length - 1));
  const texts = splitAtNul(rest.subarray(1 + revisionLength), 4);
  const said = (bytes: Buffer): string | null => {
    const value = text(bytes, where);
    return value === '' || /^unknown$/i.test(value) ? null : value;
  };
  const [serial, software, , trade] = texts;
  return {
    manufacturer: said(trade ?? Buffer.alloc(0)) ?? manufacturers[fixed.readUInt8(7)] ?? null,
    model: said(fixed.subarray(modelOffset, modelOffset + modelLength)),
    serialNumber: said(serial ?? Buffer.alloc(0)),
    software: said(software ?? Buffer.alloc(0)) ?? said(rest.subarray(1, 1 + revisionLength)),
  };
}
