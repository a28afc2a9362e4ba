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
