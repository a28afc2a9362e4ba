import { type Encoding, emptyHeader, parseElementHeader, UNDEFINED_LENGTH } from './element.ts';
import { invalid } from './invalid.ts';
import { skipUndefined } from './skip.ts';

/** The bytes of the elements the edge looks at, by tag: views of what was scanned. */
export type HeaderValues = ReadonlyMap<number, Buffer>;

/** SOP Class, SOP Instance, Study and Series UID: without these four an instance has no place. */
export const UNIQUE_IDS = [0x00080016, 0x00080018, 0x0020000d, 0x0020000e] as const;
export type UniqueId = (typeof UNIQUE_IDS)[number];

/** Beside them the character set and the patient's name, for whoever previews how a device writes. */
const WANTED = new Set<number>([...UNIQUE_IDS, 0x00080005, 0x00100010]);
const LAST_WANTED = 0x0020000e;
const FIRST_PIXELS = 0x7fe00001;
/** Longer than any value of these elements can be; a forged length must not turn pixels into a name. */
const MAX_VALUE_BYTES = 4096;
/** More elements than the header of any object has; each costs at least eight bytes, so this is only met by forgeries. */
const MAX_ELEMENTS = 65_536;

/**
 * Collects the wanted elements of a dataset. Elements are sorted, so reading ends behind (0020,000E) once the four UIDs
 * are there; a device that sorts wrongly is read on, up to the pixels.
 * @param isEnd whether the bytes are all there is
 * @returns undefined when the bytes end too early and more may come
 */
export function scanHeader(bytes: Buffer, start: number, encoding: Encoding, isEnd: boolean): HeaderValues | undefined {
  const values = new Map<number, Buffer>();
  const header = emptyHeader();
  let at = start;
  for (let count = 0; ; count += 1) {
    if (at === bytes.length) return isEnd ? values : undefined;
    if (!parseElementHeader(bytes, at, bytes.length, encoding, header)) return undefined;
    const { tag, length } = header;
    if (tag > LAST_WANTED && isDone(tag, values)) return values;
    if (count > MAX_ELEMENTS) {
      throw invalid({ tag, expected: `at most ${MAX_ELEMENTS} elements`, found: 'more', offset: at });
    }
    const valueAt = at + header.headerBytes;
    if (length === UNDEFINED_LENGTH) {
      at = skipUndefined(bytes, valueAt, tag, encoding);
      if (at < 0) return undefined;
      continue;
    }
    at = valueAt + length;
    if (WANTED.has(tag)) keep(values, tag, bytes, valueAt, at);
    if (at > bytes.length) return undefined;
  }
}

function isDone(tag: number, values: HeaderValues): boolean {
  return tag >= FIRST_PIXELS || UNIQUE_IDS.every((wanted) => values.has(wanted));
}

/** The first of two wins here as it does when the whole object is read, so that both name the same study. */
function keep(values: Map<number, Buffer>, tag: number, bytes: Buffer, from: number, to: number): void {
  if (to - from > MAX_VALUE_BYTES) {
    const expected = `at most ${MAX_VALUE_BYTES} bytes of value`;
    throw invalid({ tag, expected, found: `${to - from} bytes`, offset: from });
  }
  if (to <= bytes.length && !values.has(tag)) values.set(tag, bytes.subarray(from, to));
}
