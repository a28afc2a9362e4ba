import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { ofNamed } from '../patients/find-named.ts';
import * as store from './store.ts';

/** More are not worth naming one by one: where so many fit, a page of them is full at once. */
const most = 1000;

/**
 * What a search among orders means: the patient's name, pinyin or initials and, where the text has a digit, a number of
 * the order or an exam. Whose and which they are is found first, each way by itself: one condition with OR between the
 * tables walks over every order with its patient.
 * @param text trimmed and not empty
 * @param mayName false for who is told no names: he finds by numbers alone
 */
export async function searchOrders(tx: Tx, text: string, mayName = true): Promise<Prisma.OrderWhereInput> {
  const byNumber = /\d/.test(text) ? await numbered(tx, text) : none;
  return mayName ? { OR: [byNumber, await ofNamed(tx, text)] } : byNumber;
}
/** Said in so many words: to Prisma an empty OR within an AND is no condition at all. */
const none = { id: { in: [] } };

async function numbered(tx: Tx, text: string): Promise<Prisma.OrderWhereInput> {
  const ids = await store.numbered(tx, text, most + 1);
  if (ids.length <= most) return { id: { in: ids } };
  const contains = likeText(text);
  return {
    OR: [
      { number: { contains, mode: 'insensitive' } },
      { placerNumber: text },
      { exams: { some: { accessionNumber: { startsWith: contains.toUpperCase() } } } },
    ],
  };
}
