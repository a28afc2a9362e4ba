import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { findNamed } from '../patients/find-named.ts';

/**
 * What a search among orders means: the patient's name, pinyin or initials and, where the text has a digit, a number of
 * the order or an exam. The patients are found first, since a condition on orders OR on names walks over every order.
 * @param text trimmed and not empty
 */
export async function searchWords(tx: Tx, text: string): Promise<Prisma.OrderWhereInput> {
  const patientIds = await findNamed(tx, text);
  const byName = patientIds ? [{ patientId: { in: patientIds } }] : namedLike(text);
  return { OR: [...byName, ...(/\d/.test(text) ? numberedLike(text) : [])] };
}

function namedLike(text: string): Prisma.OrderWhereInput[] {
  const letters = text.toLowerCase().replace(/\s/g, '');
  const byLetters = /^[a-z]+$/.test(letters)
    ? [{ patient: { namePinyin: { startsWith: letters } } }, { patient: { nameInitials: { startsWith: letters } } }]
    : [];
  return [{ patient: { name: { contains: likeText(text) } } }, ...byLetters];
}

function numberedLike(text: string): Prisma.OrderWhereInput[] {
  const contains = likeText(text);
  return [
    { number: { contains, mode: 'insensitive' } },
    { placerNumber: text },
    { exams: { some: { accessionNumber: { startsWith: contains.toUpperCase() } } } },
  ];
}
