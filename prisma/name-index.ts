import { pinyin } from 'pinyin-pro';

/**
 * What a Chinese name is searched by: full pinyin without tones (surname reading first) and its initials.
 * Other scripts are kept, in lower case; accents, spaces, points and hyphens (买买提·艾力, O'Brien) are left out, as one
 * types it.
 */
export function nameIndex(name: string): { namePinyin: string; nameInitials: string } {
  const syllables = pinyin(name.normalize('NFKC').replace(/\p{Cf}/gu, ''), {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'consecutive',
    v: true,
  })
    .map((syllable) =>
      syllable
        .normalize('NFKD')
        .replace(/[\s\p{P}\p{M}]/gu, '')
        .toLowerCase(),
    )
    .filter(Boolean);
  return {
    namePinyin: syllables.join(''),
    nameInitials: syllables.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 0)).join(''),
  };
}

/**
 * The keys under which the index `Patient_name_grams_idx` finds a part of a name: every pair of neighbouring characters,
 * or the one character where there is no more. What has all of them need not have them in this order, so that LIKE decides.
 * @returns as the database's `name_grams` cuts: by characters, whatever script they are of; none of an empty text
 */
export function nameGrams(part: string): string[] {
  const characters = [...part];
  if (characters.length < 2) return characters;
  return [...new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`))];
}
