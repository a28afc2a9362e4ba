import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/** More are not worth naming one by one: where so many fit, a page of what is theirs is full at once. */
const most = 1000;

/**
 * The patients whom a search for orders or cases may mean, by name, pinyin or initials, found by the indexes of names.
 * The ids let nobody see anything: whoever asks keeps to his own scope.
 * @returns undefined where more than a thousand fit
 */
export async function findNamed(tx: Tx, text: string): Promise<string[] | undefined> {
  const ids = await store.named(tx, text, most + 1);
  return ids.length > most ? undefined : ids;
}
