import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import * as store from './store.ts';

/** More are not worth naming one by one: where so many fit, a page of what is theirs is full at once. */
const most = 1000;

/** What an order or a consultation must meet. */
type TheirOwn = { patientId: { in: string[] } } | { patient: Prisma.PatientWhereInput };

/**
 * What belongs to the patients whom a search may mean, by name, pinyin or initials. Who they are is found first, by the
 * indexes of names: as a condition on each row it would be asked of every patient. Where more than a thousand fit, the
 * condition itself. Their ids let nobody see anything: whoever asks keeps to his own scope.
 * @param text trimmed and not empty
 */
export async function ofNamed(tx: Tx, text: string): Promise<TheirOwn> {
  const ids = await store.named(tx, text, most + 1);
  return ids.length > most ? { patient: { OR: namedLike(text) } } : { patientId: { in: ids } };
}

function namedLike(text: string): Prisma.PatientWhereInput[] {
  const letters = text.toLowerCase().replace(/\s/g, '');
  const byLetters = /^[a-z]+$/.test(letters)
    ? [{ namePinyin: { startsWith: letters } }, { nameInitials: { startsWith: letters } }]
    : [];
  return [{ name: { contains: likeText(text) } }, ...byLetters];
}
