import type { PersonName } from '@lianzhen/contracts/imaging.ts';

/** All groups of a name as the machine wrote them, carets as spaces: 张三 (ZHANG SAN). */
export function headerName(name: PersonName | null): string {
  const [shown, ...others] = [name?.Ideographic, name?.Alphabetic, name?.Phonetic]
    .filter(Boolean)
    .map((group) => group?.replaceAll('^', ' ').trim());
  if (!shown) return '';
  return others.length > 0 ? `${shown} (${others.join(', ')})` : shown;
}
