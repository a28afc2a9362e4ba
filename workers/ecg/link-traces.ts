import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { raiseRank } from './raise-rank.ts';
import * as store from './store.ts';

/**
 * A study of recordings has found its order: what its traces have told already is now told of the case. Alarms that were
 * raised before anybody knew whose they are get their case, which goes first.
 */
export async function linkTraces(tx: Tx, studyInstanceUid: string, orderExamId: string): Promise<void> {
  const traces = await store.tracesOfStudy(tx, studyInstanceUid);
  if (traces.length === 0) return;
  const found = await store.caseOfExam(tx, orderExamId);
  for (const { id, facilityId, revision, alarm, critical } of traces) {
    const isCritical = (critical as unknown[]).length > 0;
    if (found && isCritical) await raiseRank(tx, found.id);
    if (found && alarm && alarm.caseId !== found.id) {
      const facilityIds = await store.hearersOfAlarm(tx, alarm.id);
      const changed = await store.changeAlarm(tx, alarm.id, { caseId: found.id });
      await emit(tx, { topic: 'alarm', id: alarm.id, revision: changed.revision, facilityIds });
    }
    const facilityIds = [...new Set([facilityId, ...(found?.facilityIds ?? [])])];
    await emit(tx, { topic: 'trace', id, revision, facilityIds });
  }
}
