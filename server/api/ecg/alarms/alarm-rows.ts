import { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../../context.ts';
import { maskedName } from '../masked-name.ts';
import { traceScope } from '../trace-scope.ts';
import type { AlarmReach } from './alarm-reach.ts';
import * as store from './store.ts';

/** Alarms as their asker sees them: whose they are is told in full only to who has a part in the study. */
export async function alarmRows(
  tx: Tx,
  ctx: Ctx,
  reach: AlarmReach,
  alarms: readonly store.AlarmFound[],
): Promise<EcgAlarmRow[]> {
  const uids = alarms.map(({ trace }) => trace.studyInstanceUid);
  const { studies, readable } = await store.studiesOf(tx, traceScope(ctx), uids);
  const held = await store.heldBack(
    tx,
    alarms.map(({ trace }) => trace.sopInstanceUid),
  );
  const ids = alarms.map(({ id }) => id);
  const called = await store.idsOf(tx, ids, reach.called);
  const own = await store.idsOf(tx, ids, reach.own);
  return alarms.map((alarm) => {
    const { studyInstanceUid, sopInstanceUid } = alarm.trace;
    // What is held back is not the study's patient's.
    const study = held.has(sopInstanceUid) ? null : (studies.get(studyInstanceUid) ?? null);
    const isReadable = study !== null && readable.has(studyInstanceUid);
    const isCalled = alarm.state === 'raised' && called.has(alarm.id);
    return alarmRow(alarm, { study, isReadable, isCalled, isOwn: own.has(alarm.id) });
  });
}

interface Seen {
  study: store.AlarmStudy | null;
  isReadable: boolean;
  isCalled: boolean;
  isOwn: boolean;
}

const at = (date: Date | null): string | null => date?.toISOString() ?? null;

function alarmRow(alarm: store.AlarmFound, { study, isReadable, isCalled, isOwn }: Seen): EcgAlarmRow {
  const name = nameOf(study);
  const order = isReadable ? (study?.orderExam ?? null) : null;
  return EcgAlarmRow.parse({
    ...{ id: alarm.id, revision: alarm.revision, state: alarm.state, traceId: alarm.traceId },
    caseId: order?.order.case?.id ?? null,
    orderId: order?.orderId ?? null,
    patientName: isReadable ? name : maskedName(name),
    facilityName: alarm.facility.name,
    centreName: alarm.centre.name,
    ...{ hits: alarm.hits, rules: alarm.rules },
    raisedAt: alarm.raisedAt.toISOString(),
    ...{ dueAt: at(alarm.dueAt), acknowledgedAt: at(alarm.acknowledgedAt) },
    acknowledgedByName: alarm.acknowledgedByName,
    ...{ toldAt: at(alarm.toldAt), toldText: alarm.toldText },
    ...{ confirmedAt: at(alarm.confirmedAt), confirmedText: alarm.confirmedText },
    confirmedByName: alarm.confirmedByName,
    closedAt: at(alarm.closedAt),
    consultationId: order?.order.case?.consultations[0]?.id ?? null,
    ...{ isCalled, isOwn },
    hops: alarm.hops.map(({ at: when, label, why }) => ({ at: when.toISOString(), to: label, why })),
  });
}

/** Of the patient it was matched to, else as the recorder wrote it. */
function nameOf(study: store.AlarmStudy | null): string {
  if (study?.patient) return study.patient.name;
  const { Ideographic, Alphabetic } = (study?.headerName ?? {}) as { Ideographic?: string; Alphabetic?: string };
  const name = (Ideographic ?? Alphabetic ?? '').replace(/[\s^]+/g, ' ').trim();
  return /\p{Script=Han}/u.test(name) ? name.replaceAll(' ', '') : name;
}
