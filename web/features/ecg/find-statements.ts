import type { StatementView } from '@lianzhen/contracts/ecg.ts';

/** How well a sentence answers what is typed; smaller is better, undefined not at all. */
function rankOf({ key, code, zh, en }: StatementView, wanted: string): number | undefined {
  const [small, english] = [code.toLowerCase(), en.toLowerCase()];
  if (key?.toLowerCase() === wanted) return 0;
  if (small === wanted) return 1;
  if (zh.toLowerCase().startsWith(wanted)) return 2;
  if (small.startsWith(wanted)) return 3;
  if (zh.toLowerCase().includes(wanted)) return 4;
  if (english.split(/[^a-z0-9]+/).some((word) => word.startsWith(wanted))) return 5;
  if (english.includes(wanted)) return 6;
  return isSpread(zh, wanted) ? 7 : undefined;
}

/** 右束阻 finds 完全性右束支传导阻滞: the letters in their order, with others between. */
function isSpread(text: string, wanted: string): boolean {
  if (!/^\p{Script=Han}{2,}$/u.test(wanted)) return false;
  let at = -1;
  for (const letter of wanted) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Sentences by key, code, or words in either language, the best first; all of them for nothing typed, those with a key first. */
export function findStatements(library: readonly StatementView[], typed: string, most = 12): StatementView[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return [...library].sort((a, b) => Number(b.key !== null) - Number(a.key !== null)).slice(0, most);
  return library
    .flatMap((one) => {
      const rank = rankOf(one, wanted);
      return rank === undefined ? [] : [{ one, rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.one.zh.length - b.one.zh.length)
    .slice(0, most)
    .map(({ one }) => one);
}

/** The sentence of a single key. */
export const statementOfKey = (library: readonly StatementView[], key: string): StatementView | undefined =>
  library.find((one) => one.key !== null && one.key.toLowerCase() === key.toLowerCase());
