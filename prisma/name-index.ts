import { pinyin } from 'pinyin-pro';

/**
 * What a Chinese name is searched by: full pinyin without tones (surname reading first) and its initials.
 * Other scripts are kept as they are, in lower case without spaces.
 */
export function nameIndex(name: string): { namePinyin: string; nameInitials: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true })
    .map((syllable) => syllable.replace(/\s/g, '').toLowerCase())
    .filter(Boolean);
  return { namePinyin: syllables.join(''), nameInitials: syllables.map((syllable) => syllable[0]).join('') };
}
