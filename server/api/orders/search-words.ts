import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { findNamed } from '../patients/find-named.ts';
import * as store from './store.ts';

/** More are not worth naming one by one: where so many fit, a page of them is full at once. */
const most = 1000;

/**
 * What a search among orders means: the patient's name, pinyin or initials and, where the text has a digit, a number of
 * the order or an exam. Whose and which they are is found first, each way by itself: one condition with OR between the
 * tables walks over every order with its patient.
 * @param text trimmed and not empty
 */
export async function searchWords(tx: Tx, text: string): Promise<Prisma.OrderWhereInput> {
  const hasDigit = /\d/.test(text);
  const patientIds = await findNamed(tx, text);
  const orderIds = hasDigit ? await store.numbered(tx, text, most + 1) : [];
  if (patientIds && orderIds.length <= most)
    return { OR: [{ patientId: { in: patientIds } }, { id: { in: orderIds } }] };
  return { OR: [...namedLike(text), ...(hasDigit ? numberedLike(text) : [])] };
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
