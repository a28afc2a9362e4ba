import { alarmHopSeconds } from '@lianzhen/contracts/ecg-alarms.ts';
import type { CriticalRuleSet } from '@lianzhen/contracts/ecg-critical.ts';
import { escalateAlarm } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { peopleOnDuty } from '@lianzhen/db/duty-roster.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { Placement } from './place-trace.ts';
import * as store from './store.ts';

/** What an alarm says of a pattern that was met; the values stay with the trace. */
export interface AlarmHit {
  code: string;
  zh: string;
  en: string;
  from: 'measured' | 'device';
}

/**
 * Calls the readers of the centre to a trace, once: the row is unique. All of them hear it; the duty roster says whose it
 * is, and the hop names him. Promises that the next are called when nobody answers. Where no centre can be named there is nobody to call, and the trace itself says what was found.
 */
export async function raiseAlarm(
  tx: Tx,
  trace: Pick<store.TraceRow, 'id' | 'facilityId'>,
  { centres, caseId }: Placement,
  hits: readonly AlarmHit[],
  rules: CriticalRuleSet,
  now: Date,
): Promise<void> {
  const [centre] = centres;
  if (!centre) return;
  const dueAt = new Date(now.getTime() + alarmHopSeconds * 1000);
  const id = await store.addAlarm(tx, {
    ...{ traceId: trace.id, centreId: centre.id, facilityId: trace.facilityId, caseId },
    hits: hits.map(({ code, zh, en, from }) => ({ code, zh, en, from })),
    rules: { code: rules.code, province: rules.province ?? '', version: String(rules.version), source: rules.source },
    ...{ raisedAt: now, dueAt },
  });
  if (id === null) return;
  const houses = centres.map(({ facilityId }) => facilityId);
  const onDuty = await peopleOnDuty(tx, houses, now);
  for (const [index, { facilityId, name }] of centres.entries()) {
    const [first] = onDuty.get(facilityId) ?? [];
    const person = { personId: first?.id ?? null, personName: first?.name ?? null };
    const hop = { alarmId: id, number: index + 1, facilityId, label: name, ...person, at: now };
    await store.addHop(tx, { ...hop, why: 'raised' });
  }
  await enqueue(tx, escalateAlarm, { alarmId: id }, dueAt);
  await emit(tx, { topic: 'alarm', id, revision: 1, facilityIds: await store.hearersOfAlarm(tx, id) });
  await recordAudit(tx, {
    ...{ action: 'ecg.alarmRaised', facilityId: centre.facilityId, objectType: 'alarm', objectId: id },
    detail: { traceId: trace.id, codes: hits.map(({ code }) => code), rules: rules.code, version: rules.version },
  });
}
