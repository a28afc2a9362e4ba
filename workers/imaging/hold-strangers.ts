import type { Difference, PersonName } from '@lianzhen/contracts/imaging.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { IndexRow } from './index-row.ts';
import * as store from './index-store.ts';

interface Identity {
  headerPatientId: string | null;
  headerName: PersonName | null;
}

/**
 * Images of one study are of one person. Those that name another than the first are held back, a group for each name,
 * until a person has said whether they belong: a reader would take them for the first one's.
 * @returns the rows that may go on, and the new questions
 */
export async function holdStrangers(
  tx: Tx,
  study: store.LockedStudy,
  studyInstanceUid: string,
  rows: IndexRow[],
): Promise<{ own: IndexRow[]; items: string[] }> {
  const known: Identity | undefined = study.instanceCount > 0 ? study : rows[0]?.study;
  const groups = new Map<string, { differences: Difference[]; rows: IndexRow[] }>();
  const own: IndexRow[] = [];
  for (const row of rows) {
    const differences = known ? between(row.study, known) : [];
    if (differences.length === 0) own.push(row);
    else {
      const key = JSON.stringify(differences);
      const group = groups.get(key) ?? { differences, rows: [] };
      groups.set(key, group);
      group.rows.push(row);
    }
  }
  if (groups.size === 0) return { own, items: [] };
  const before = new Map((await store.strangerItems(tx, study.id)).map((item) => [keyOf(item.differences), item]));
  const items: string[] = [];
  for (const [key, group] of groups) {
    const item = before.get(key);
    if (item?.state === 'accepted') {
      own.push(...group.rows);
      continue;
    }
    const id = item?.id ?? (await store.addStrangerItem(tx, study, studyInstanceUid, group.differences));
    if (!item) items.push(id);
    await store.holdBack(
      tx,
      group.rows.map(({ instance }) => instance.id),
      id,
    );
  }
  return { own, items };
}

/** jsonb gives keys back in its own order. */
const keyOf = (differences: unknown): string =>
  JSON.stringify((differences as Difference[]).map(({ field, header, order }) => ({ field, header, order })));

function between(one: Identity, first: Identity): Difference[] {
  const differences: Difference[] = [];
  const [id, firstId] = [one.headerPatientId, first.headerPatientId];
  if (id && firstId && id !== firstId) differences.push({ field: 'patientId', header: id, order: firstId });
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;
  const group = groups.find((key) => isDifferent(one.headerName?.[key], first.headerName?.[key]));
  if (group) {
    const [name = '', firstName = ''] = [one.headerName?.[group], first.headerName?.[group]];
    differences.push({ field: 'name', header: name, order: firstName });
  }
  return differences;
}

const plain = (text: string): string => text.replace(/[\s^]/g, '').toUpperCase();
const isDifferent = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && plain(one) !== plain(other);
