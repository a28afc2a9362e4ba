import { type Payload, type redecodeDevice, settleStudy } from '@lianzhen/contracts/jobs.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import { charsetLabel } from './charset-override.ts';
import { describeStored } from './describe-stored.ts';
import type { IndexRow } from './index-row.ts';
import { hearersOf, lockStudy, overridesOf } from './index-store.ts';
import * as store from './redecode-store.ts';
import type { SeriesHeader } from './study-header.ts';
import { isFailure } from './write-batch.ts';

const mostInstances = 200;

/**
 * Reads the text of a device's studies again from the bytes as they came, with the override that is set now or, where it
 * was taken away, with what the files say. One study at a time; a job that is interrupted goes on with the rest, because
 * each study says what it was read with. Studies whose identity was in question are looked at again.
 */
export async function handleRedecodeDevice(
  deps: WorkerDeps,
  { deviceId }: Payload<typeof redecodeDevice>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    // Read each time: it may be changed, or changed back, while this runs.
    const override = (await overridesOf(deps.db, [deviceId])).get(deviceId) ?? null;
    const study = await store.nextStudy(deps.db, deviceId, override);
    if (!study) return;
    await redecodeStudy(deps, study.studyInstanceUid, deviceId, override, signal);
  }
}

async function redecodeStudy(
  deps: WorkerDeps,
  studyInstanceUid: string,
  deviceId: string,
  override: string | null,
  signal: AbortSignal,
): Promise<void> {
  let first: IndexRow | undefined;
  const series = new Map<string, SeriesHeader>();
  for (let after = ''; ; ) {
    signal.throwIfAborted();
    const instances = await store.indexedInstances(deps.db, studyInstanceUid, deviceId, after, mostInstances);
    const last = instances.at(-1);
    if (!last) break;
    const rows: IndexRow[] = [];
    for (const instance of instances) {
      const row = await describeStored(deps, instance, override);
      if (!isFailure(row)) rows.push(row);
    }
    await store.rewriteTexts(deps.db, rows);
    for (const row of rows) series.set(row.series.seriesInstanceUid, row.series);
    first = rows.reduce(
      (best, row) => ((row.number ?? 0) < (best?.number ?? Number.MAX_SAFE_INTEGER) ? row : best),
      first,
    );
    after = last.id;
  }
  await deps.db.transaction(async (tx) => {
    const study = await lockStudy(tx, studyInstanceUid);
    const isStill = ((await overridesOf(tx, [deviceId])).get(deviceId) ?? null) === override;
    // The next override has a job of its own.
    if (!study || !isStill) return;
    const revision = await store.rewriteStudy(tx, study.id, {
      row: first,
      series: [...series.values()],
      label: charsetLabel(override, []),
    });
    await emit(tx, { topic: 'study', id: study.id, revision, facilityIds: await hearersOf(tx, study) });
    if (study.settledAt && ['unmatched', 'quarantined'].includes(study.state)) {
      await enqueue(tx, settleStudy, { studyId: study.id });
    }
  });
}
