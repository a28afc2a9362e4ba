import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { ofNamed } from '../patients/find-named.ts';
import * as store from './store.ts';

/** More are not worth naming one by one: where so many fit, a page of them is full at once. */
const most = 1000;

/**
 * What a search among consultations means: the patient's name, pinyin or initials and, where the text has a digit, the
 * number. Whose and which they are is found first, as for orders.
 * @param text trimmed and not empty
 * @param mayName false for who is told no names: he finds by numbers alone
 */
export async function searchConsultations(
  tx: Tx,
  text: string,
  mayName = true,
): Promise<Prisma.ConsultationWhereInput> {
  const ids = /\d/.test(text) ? await store.numbered(tx, text, most + 1) : [];
  const byNumber: Prisma.ConsultationWhereInput =
    ids.length > most ? { number: { contains: likeText(text), mode: 'insensitive' } } : { id: { in: ids } };
  return mayName ? { OR: [byNumber, await ofNamed(tx, text)] } : byNumber;
}
