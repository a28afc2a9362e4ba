import { consultationActs, isSessionOver, opensLater } from '@lianzhen/contracts/consultation-states.ts';
import { type AlarmRoom, EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type OnDuty, peopleOnDuty } from '@lianzhen/db/duty-roster.ts';
import { type Ctx, requirePerson } from '../../context.ts';
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
  now: Date,
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
  const houses = alarms.filter(({ state }) => state === 'raised').map(({ centre }) => centre.facilityId);
  const rosters = await peopleOnDuty(tx, [...new Set(houses)], now);
  const { accountId } = requirePerson(ctx);
  return alarms.map((alarm) => {
    const { studyInstanceUid, sopInstanceUid } = alarm.trace;
    // What is held back is not the study's patient's.
    const study = held.has(sopInstanceUid) ? null : (studies.get(studyInstanceUid) ?? null);
    const isReadable = study !== null && readable.has(studyInstanceUid);
    const isCalled = alarm.state === 'raised' && called.has(alarm.id);
    const isNamed = isCalled && alarm.hops.some(({ personId }) => personId === accountId);
    const onDuty = rosters.get(alarm.centre.facilityId) ?? [];
    return alarmRow(alarm, { study, isReadable, isCalled, isNamed, isOwn: own.has(alarm.id), onDuty, now });
  });
}

type AlarmCase = NonNullable<NonNullable<store.AlarmStudy['orderExam']>['order']['case']>;
type AlarmConsultation = AlarmCase['consultations'][number];

interface Seen {
  study: store.AlarmStudy | null;
  isReadable: boolean;
  isCalled: boolean;
  isNamed: boolean;
  isOwn: boolean;
  onDuty: readonly OnDuty[];
  now: Date;
}

const at = (date: Date | null): string | null => date?.toISOString() ?? null;

function alarmRow(alarm: store.AlarmFound, seen: Seen): EcgAlarmRow {
  const { study, isReadable, isCalled, isNamed, isOwn, onDuty, now } = seen;
  const name = nameOf(study);
  const order = isReadable ? (study?.orderExam ?? null) : null;
  const consultation = order?.order.case?.consultations[0];
  const room = consultation ? roomOf(consultation, now) : 'none';
  const isNamedBy = ({ id }: OnDuty) => alarm.hops.some(({ personId }) => personId === id);
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
    ...{ closedAt: at(alarm.closedAt), closedByName: alarm.closedByName, closedNote: alarm.closedNote },
    noteReadAt: at(alarm.noteReadAt),
    // One that came to nothing, or is over, leads nowhere.
    ...{ room, consultationId: room === 'none' ? null : (consultation?.id ?? null) },
    ...{ roomAskedAt: at(alarm.roomAskedAt), roomAskedByName: alarm.roomAskedByName },
    ...{ onDutyName: onDuty[0]?.name ?? null, nextOnDutyName: onDuty.find((one) => !isNamedBy(one))?.name ?? null },
    ...{ isCalled, isNamed, isOwn },
    hops: alarm.hops.map(({ at: when, label, personName, channel, why }) => ({
      ...{ at: when.toISOString(), to: label, person: personName, channel, why },
    })),
  });
}

/** Whether a consultation has a room to go into: as its own page lets in, see contracts/consultation-states.ts. */
function roomOf(found: AlarmConsultation, now: Date): AlarmRoom {
  const { state } = found;
  if (state === 'submitted' || state === 'supplement-asked' || opensLater(found, now)) return 'waiting';
  if (isSessionOver(found)) return 'none';
  return (consultationActs.join.from as readonly string[]).includes(state) ? 'open' : 'none';
}

/** Of the patient it was matched to, else as the recorder wrote it. */
function nameOf(study: store.AlarmStudy | null): string {
  if (study?.patient) return study.patient.name;
  const { Ideographic, Alphabetic } = (study?.headerName ?? {}) as { Ideographic?: string; Alphabetic?: string };
  const name = (Ideographic ?? Alphabetic ?? '').replace(/[\s^]+/g, ' ').trim();
  return /\p{Script=Han}/u.test(name) ? name.replaceAll(' ', '') : name;
}
