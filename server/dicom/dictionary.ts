import entries from 'dcmjs/dictionary';

/** dcmjs writes ambiguous representations in lower case; each is read here as the one that PS3.5 Annex A.1 falls back to. */
const AMBIGUOUS: Readonly<Record<string, string>> = { ox: 'OW', xs: 'US', lt: 'OW', up: 'UL', na: 'UN' };

const representations = new Map<number, string>();
const tagsByKeyword = new Map<string, number>();
const signedWithPixels = new Set<number>();

for (const { tag, vr, name } of Object.values(entries)) {
  const parts = /^\(([0-9A-F]{4})(-[0-9A-F]{4})?,([0-9A-F]{4})\)$/i.exec(tag ?? '');
  if (!parts || !vr) continue;
  const number = Number.parseInt(`${parts[1]}${parts[3]}`, 16);
  representations.set(number, AMBIGUOUS[vr] ?? vr);
  if (vr === 'xs') signedWithPixels.add(number);
  if (name) tagsByKeyword.set(name, number);
}

/** Groups 5000 to 50FF (curves) and 6000 to 60FF (overlays) repeat the elements of their first group (PS3.5 7.6). */
function firstOfRepeatingGroup(tag: number): number | undefined {
  const family = tag >>> 24;
  if (family !== 0x50 && family !== 0x60) return undefined;
  return ((family << 24) | (tag & 0xffff)) >>> 0;
}

/**
 * The value representation the standard gives a tag, for datasets that do not carry it (implicit VR) and for JSON
 * that leaves it out. `UN` where nothing is known, as for private elements (PS3.5 6.2.2).
 * @param tag group * 65536 + element
 */
export function vrOf(tag: number): string {
  const known = representations.get(tag);
  if (known) return known;
  const element = tag & 0xffff;
  if (element === 0) return 'UL';
  if (((tag >>> 16) & 1) === 1) return element >= 0x10 && element <= 0xff ? 'LO' : 'UN';
  const first = firstOfRepeatingGroup(tag);
  return (first !== undefined && representations.get(first)) || 'UN';
}

/** True for elements that are US or SS as (0028,0103) says: pixel values such as the padding value (PS3.5 Annex A.1). */
export const isSignedWithPixels = (tag: number): boolean => signedWithPixels.has(tag);

/** The tag of a keyword of PS3.6 (`PatientID` -> `00100020`), or undefined. Used where a client names a tag by keyword, as QIDO-RS allows. */
export function tagOfKeyword(keyword: string): string | undefined {
  const tag = tagsByKeyword.get(keyword);
  return tag === undefined ? undefined : tagText(tag);
}

const tagTexts = new Map<number, string>();
/** Of the first so many any tag is kept, then the standard's alone: what devices invent takes no memory without end. */
const mostTagTexts = 8192;

/** Eight upper-case hexadecimal digits, as DICOM JSON writes a tag (PS3.18 F.2.2). */
export function tagText(tag: number): string {
  const known = tagTexts.get(tag);
  if (known !== undefined) return known;
  const text = tag.toString(16).toUpperCase().padStart(8, '0');
  if (representations.has(tag) || tagTexts.size < mostTagTexts) tagTexts.set(tag, text);
  return text;
}
