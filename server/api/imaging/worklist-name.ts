import type { PersonName } from '@lianzhen/dicom/model.ts';
import { pinyin } from 'pinyin-pro';

const han = /\p{Script=Han}/u;
/** The compound family names that are still common. */
const compound = new Set(
  '欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 东方 独孤 南宫 宇文 长孙 钟离 端木 闻人 申屠 万俟 轩辕 呼延 赫连 澹台 淳于 单于 太叔 公羊 濮阳 宗政 拓跋 百里 西门 第五'.split(
    ' ',
  ),
);
const mostCharacters = 64;

/**
 * A name as the machines want it: letters in the first group, because many show nothing else, characters in the second.
 * 张三 -> ZHANG^SAN=张^三
 * @param alphabetic as it was written for this person before
 */
export function worklistName(name: string, alphabetic: string | null): PersonName {
  const plain = name.replace(/[\\^=\p{Cc}]/gu, ' ').trim();
  if (!han.test(plain)) return { Alphabetic: bounded(alphabetic ?? plain.replace(/\s+/g, '^')) };
  const characters = [...plain.replace(/\s/g, '')];
  const familyLength = characters.length > 2 && compound.has(characters.slice(0, 2).join('')) ? 2 : 1;
  const parts = [characters.slice(0, familyLength).join(''), characters.slice(familyLength).join('')].filter(Boolean);
  const letters = pinyin(characters.join(''), { toneType: 'none', type: 'array', surname: 'head', v: true }).map(
    (one) => one.toUpperCase().replace(/[^A-Z]/g, ''),
  );
  const spelled = [letters.slice(0, familyLength).join(''), letters.slice(familyLength).join('')].filter(Boolean);
  return { Alphabetic: bounded(alphabetic ?? spelled.join('^')), Ideographic: bounded(parts.join('^')) };
}

/** One group of a name holds 64 characters (PS3.5 6.2). */
const bounded = (group: string): string => [...group].slice(0, mostCharacters).join('');
