import { dayIn, isInForce } from '@lianzhen/contracts/agreement-rules.ts';
import { mostInTurn } from '@lianzhen/contracts/duty-roster.ts';
import { alarmHopSeconds, type HopWhy } from '@lianzhen/contracts/ecg-alarms.ts';
import { escalateAlarm, type Payload } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { peopleOnDuty } from '@lianzhen/db/duty-roster.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './alarm-store.ts';
import { datesOf } from './place-trace.ts';

type EscalateDeps = Pick<WorkerDeps, 'db' | 'clock' | 'log'>;

/** Runs when an alarm is due. Too early, twice or late without harm: the row says whether anybody has answered. */
export const handleEscalateAlarm = (deps: EscalateDeps, { alarmId }: Payload<typeof escalateAlarm>): Promise<void> =>
  escalate(deps, alarmId);

/**
 * Calls the next where nobody has acknowledged an alarm in time: by the duty roster one after the
 * other, then the seniors of the house beside the readers of its centre, then the cardiologists of the paired hospital,
 * each with a time of their own. Who was called stays called.
 */
export async function escalate({ db, clock, log }: EscalateDeps, alarmId: string): Promise<void> {
  const why = await db.transaction(async (tx) => {
    const alarm = await store.lockIfRaised(tx, alarmId);
    const now = clock.now();
    if (!alarm?.dueAt || alarm.dueAt > now) return null;
    const next = await nextHops(tx, alarm, now);
    const mayGoOn = next[0] !== undefined && next[0].why !== 'paired-hospital';
    const dueAt = mayGoOn ? new Date(now.getTime() + alarmHopSeconds * 1000) : null;
    for (const [index, hop] of next.entries())
      await store.addHop(tx, { ...hop, alarmId, number: alarm.hops.length + index + 1, at: now });
    const { revision } = await store.change(tx, alarmId, { dueAt });
    if (dueAt) await enqueue(tx, escalateAlarm, { alarmId }, dueAt);
    const called = [...alarm.hops, ...next].map(({ facilityId }) => facilityId);
    const facilityIds = [...new Set([alarm.facilityId, alarm.centre.facilityId, ...called])];
    await emit(tx, { topic: 'alarm', id: alarmId, revision, facilityIds });
    await recordAudit(tx, {
      ...{ action: 'ecg.alarmEscalated', facilityId: alarm.centre.facilityId, objectType: 'alarm', objectId: alarmId },
      ...(next.length === 0 ? { outcome: 'failure' as const } : {}),
      detail: {
        traceId: alarm.traceId,
        to: next.map(({ facilityId, personId = null, why }) => ({ facilityId, personId, why })),
      },
    });
    return next[0]?.why ?? 'nobody';
  });
  if (why) log.warn({ alarmId, kind: why }, 'alarm not acknowledged in time');
}

type NextHop = Pick<store.NewHop, 'facilityId' | 'label' | 'personId' | 'personName'> & { why: HopWhy };

async function nextHops(tx: Tx, alarm: store.RaisedAlarm, now: Date): Promise<NextHop[]> {
  if (alarm.hops.some(({ why }) => why === 'paired-hospital')) return [];
  const atHome = await nextOfHouses(tx, alarm, now);
  return atHome.length > 0 ? atHome : pairedHospitals(tx, alarm, now);
}

/** Of each house that was called: the next of its roster whom nobody has called by name, else its seniors, once. */
async function nextOfHouses(tx: Tx, { hops }: store.RaisedAlarm, now: Date): Promise<NextHop[]> {
  const houses = new Map(hops.map(({ facilityId, label }) => [facilityId, label]));
  const onDuty = await peopleOnDuty(tx, [...houses.keys()], now);
  return [...houses].flatMap(([facilityId, label]): NextHop[] => {
    const own = hops.filter((hop) => hop.facilityId === facilityId);
    if (own.some(({ why }) => why === 'overdue')) return [];
    const named = own.flatMap(({ personId }) => personId ?? []);
    const next = onDuty.get(facilityId)?.find(({ id }) => !named.includes(id));
    // A change of shift meanwhile brings others: the seniors of the house do not wait for all of them.
    if (!next || named.length >= mostInTurn) return [{ facilityId, label, why: 'overdue' }];
    return [{ facilityId, label, personId: next.id, personName: next.name, why: 'on-duty' }];
  });
}

/** Hospitals paired with the centre's or with the sender, whichever way it was written, that have a cardiologist. */
async function pairedHospitals(tx: Tx, { centre, facilityId }: store.RaisedAlarm, now: Date): Promise<NextHop[]> {
  const own = [centre.facilityId, facilityId];
  const today = dayIn(centre.facility.timeZone, now);
  const inForce = (await store.pairings(tx, own)).map(datesOf).filter((one) => isInForce(one, today));
  const ids = new Set(inForce.flatMap(({ fromId, toId }) => [fromId, toId]).filter((id) => !own.includes(id)));
  const hospitals = await store.withCardiology(tx, [...ids]);
  return hospitals.map(({ id, name }) => ({ facilityId: id, label: name, why: 'paired-hospital' }));
}
