import type { PersonName } from '@lianzhen/contracts/imaging.ts';
import { pinyin } from 'pinyin-pro';

type NameVerdict = 'same' | 'different' | 'absent';

export interface KnownName {
  name: string;
  /** As a machine writes it: ZHANG^SAN. */
  nameAlphabetic: string | null;
}

const han = /\p{Script=Han}/u;
const compoundSurname = 2;

/**
 * Whether the name in an image's header may be that of a patient. Characters are compared with characters, so that
 * 张三 and 章三 stay two people; where the machine writes letters only, every reading of the characters is tried, with
 * the family name first or last. Spaces, carets, width and case mean nothing.
 */
export function compareNames(header: PersonName | null, patient: KnownName): NameVerdict {
  const groups = [header?.Ideographic, header?.Alphabetic, header?.Phonetic].filter((group) => plain(group) !== '');
  if (groups.length === 0) return 'absent';
  const written = groups.filter((group) => han.test(group ?? ''));
  const isHan = han.test(patient.name);
  const compared = isHan && written.length > 0 ? written : groups;
  const known = [patient.name, patient.nameAlphabetic].map(plain).filter((name) => name !== '');
  const isEqual = compared.some((group) => known.includes(plain(group)) || known.includes(plain(turned(group))));
  if (isEqual) return 'same';
  const isReading = isHan && written.length === 0 && groups.some((group) => isReadingOf(plain(group), patient.name));
  return isReading ? 'same' : 'different';
}

/** A name without what only lays it out. */
const plain = (name: string | null | undefined): string =>
  (name ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/[\s^=.,'`·・_-]/g, '');

/** Western machines write the given name first. */
const turned = (name: string | undefined): string =>
  (name ?? '')
    .split(/[\s^,]+/)
    .filter(Boolean)
    .reverse()
    .join('');

/** @param letters lower case, nothing between them */
function isReadingOf(letters: string, name: string): boolean {
  const characters = [...plain(name)];
  if (characters.length > 12 || letters.length > 80) return false;
  const orders = [characters];
  for (let family = 1; family <= compoundSurname && family < characters.length; family++) {
    orders.push([...characters.slice(family), ...characters.slice(0, family)]);
  }
  return orders.some((order) => canRead(letters, order.map(readingsOf)));
}

function canRead(letters: string, syllables: readonly string[][]): boolean {
  const [first, ...rest] = syllables;
  if (!first) return letters === '';
  return first.some((syllable) => letters.startsWith(syllable) && canRead(letters.slice(syllable.length), rest));
}

/** Every reading of a character without tones; ü is written v, u or yu in passports and on machines. */
function readingsOf(character: string): string[] {
  const readings = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
  const surname = pinyin(character, { toneType: 'none', type: 'array', surname: 'all', v: true });
  const all = [...readings, ...surname].map((reading) => reading.toLowerCase().replace(/ü/g, 'v'));
  return [...new Set(all.flatMap((one) => [one, one.replace('v', 'u'), one.replace('v', 'yu')]))];
}
