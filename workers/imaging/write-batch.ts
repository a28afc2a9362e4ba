import { settleStudy } from '@lianzhen/contracts/jobs.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import { addTraces } from '../ecg/add-traces.ts';
import { holdStrangers } from './hold-strangers.ts';
import type { IndexFailure, IndexRow } from './index-row.ts';
import * as store from './index-store.ts';
import { madeHere } from './keep-made.ts';
import { noteLateImages } from './late-images.ts';

const isMadeHere = ({ instance }: IndexRow | IndexFailure): boolean => instance.door === madeHere;
export const isFailure = (one: IndexRow | IndexFailure): one is IndexFailure => 'reason' in one;

/**
 * Writes one batch of a study in one short transaction, with its consequences: counts, revision, the time at which the
 * study will count as complete, and the job that then looks for its order.
 * @param overrides with which the batch was read, by device
 * @returns false, and nothing is written, where an override is another by now
 */
export async function writeBatch(
  deps: WorkerDeps,
  studyInstanceUid: string,
  batch: Array<IndexRow | IndexFailure>,
  overrides: ReadonlyMap<string, string | null>,
): Promise<boolean> {
  if (batch.length === 0) return true;
  return deps.db.transaction(async (tx) => {
    const study = await store.lockStudy(tx, studyInstanceUid);
    if (!study) throw new Error('instances without their study');
    const now = await store.overridesOf(tx, [...overrides.keys()]);
    if ([...overrides].some(([id, override]) => (now.get(id) ?? null) !== override)) return false;
    const described = batch.filter((one): one is IndexRow => !isFailure(one));
    const { own, items } = await holdStrangers(tx, study, studyInstanceUid, described);
    const { rows, failures, count } = await placeRows(tx, study, own, batch.filter(isFailure));
    items.push(...(await store.writeFailures(tx, study, failures)));
    // Another worker was first with all of it, and did what follows as well.
    if (count > 0 || items.length > 0) await finish(deps, tx, study, { rows, count, items, batch });
    return true;
  });
}

/** Puts rows into their series; a series that belongs to another study cannot take them. */
async function placeRows(tx: Tx, study: store.LockedStudy, described: IndexRow[], unreadable: IndexFailure[]) {
  const series = [...new Map(described.map((row) => [row.series.seriesInstanceUid, row.series])).values()];
  const seriesIds = await store.placeSeries(tx, study.id, series);
  const rows = described.filter((row) => seriesIds.has(row.series.seriesInstanceUid));
  const homeless = described.filter((row) => !seriesIds.has(row.series.seriesInstanceUid));
  const reason = '0020000E: the series belongs to another study';
  const failures = [...unreadable, ...homeless.map(({ instance }) => ({ instance, reason }))];
  const isLate = study.settledAt !== null && !rows.every(isMadeHere);
  const count = rows.length === 0 ? 0 : await store.writeIndexed(tx, rows, seriesIds, isLate);
  return { rows, failures, count };
}

interface Written {
  rows: IndexRow[];
  /** How many of them are new. */
  count: number;
  items: string[];
  batch: Array<IndexRow | IndexFailure>;
}

async function finish(deps: WorkerDeps, tx: Tx, study: store.LockedStudy, written: Written): Promise<void> {
  const { rows, count, items, batch } = written;
  const now = deps.clock.now();
  const lastInstanceAt = Math.max(...batch.map(({ instance }) => instance.receivedAt.getTime()));
  // What the hub itself made of a complete study is nothing that a reader has missed.
  const isOwn = study.settledAt !== null && batch.every(isMadeHere);
  const quietAt = new Date(Math.max(now.getTime(), lastInstanceAt + quietMs(deps, rows)));
  const settleAfter = isOwn ? study.settleAfter : quietAt;
  const [first] = rows.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const isLate = study.settledAt !== null && count > 0 && !isOwn;
  const revision = await store.writeProgress(tx, study.id, {
    seriesInstanceUids: [...new Set(rows.map(({ series }) => series.seriesInstanceUid))],
    header: study.instanceCount === 0 && first ? { ...first.study, charset: first.charset } : undefined,
    lastInstanceAt: new Date(lastInstanceAt),
    settleAfter,
    late: isLate ? count : 0,
  });
  if (isLate) await noteLateImages(tx, study.orderExamId, now);
  await addTraces(tx, rows);
  if (!isOwn && !isSettlingPromised(study, now, quietAt)) {
    await enqueue(tx, settleStudy, { studyId: study.id }, quietAt);
  }
  await emit(tx, { topic: 'study', id: study.id, revision, facilityIds: await store.hearersOf(tx, study) });
  for (const id of items) await emit(tx, { topic: 'quarantine', id, revision: 1, facilityIds: [study.facilityId] });
}

/**
 * Whoever gives a study a time of settling promises the job for it, and a job that comes before its time promises the
 * next one. A study that streams in so moves its time with every batch and costs a job only now and then.
 */
const isSettlingPromised = ({ settleAfter }: store.LockedStudy, now: Date, quietAt: Date): boolean =>
  settleAfter !== null && settleAfter > now && settleAfter <= quietAt;

/** A recording is one object: nobody waits for more of it while the patient lies there. */
const mostQuietMs = 1000;
const quietMs = ({ config }: WorkerDeps, rows: readonly IndexRow[]): number =>
  rows.length > 0 && rows.every(({ series }) => series.modality === 'ECG')
    ? Math.min(config.HUB_SETTLE_MS, mostQuietMs)
    : config.HUB_SETTLE_MS;
