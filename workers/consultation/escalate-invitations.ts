import { rolesWith } from '@lianzhen/contracts/access.ts';
import { DutyHours } from '@lianzhen/contracts/consultation-experts.ts';
import { expertLacks, isOnDuty } from '@lianzhen/contracts/expert-rules.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { z } from 'zod';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

const batch = 200;
type Expert = Awaited<ReturnType<typeof store.expertsAt>>[number];

/**
 * An answer that was owed by now is written into the ledger and passed on to the next expert of that facility who is on
 * duty and may be asked. Whoever was asked first may still be the one who answers. Each is passed on
 * once; where nobody is left, it stays overdue for everybody to see.
 */
export async function escalateInvitations({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  for (const id of await store.withOverdue(db, clock.now(), batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, id);
      if (!found || found.closedAt) return;
      const now = clock.now();
      const late = found.invitations.filter((one) => one.state === 'waiting' && one.dueAt < now && !one.overdueAt);
      const told: store.Told[] = [];
      for (const invitation of late) told.push(...(await passOn(tx, found, invitation, now)));
      if (told.length === 0) return;
      await store.change(tx, found, {}, told);
      for (const { facilityId, id: invitationId } of late)
        await recordAudit(tx, {
          ...{ action: 'consultation.invitationOverdue', facilityId, patientId: found.patientId },
          ...{ objectType: 'consultation', objectId: found.id, detail: { invitationId } },
        });
    });
  }
}

async function passOn(
  tx: Tx,
  found: store.ConsultationFound,
  invitation: store.InvitationFound,
  now: Date,
): Promise<store.Told[]> {
  await store.markOverdue(tx, invitation.id, now);
  const overdue = { kind: 'overdue', at: now } as const;
  // One that is for the whole facility is with everybody already.
  const next = invitation.expertId === null ? undefined : await nextExpert(tx, found, invitation.facilityId, now);
  if (!next) return [overdue];
  const { facilityId, agreementId, minutes } = invitation;
  const added = await store.addInvitation(tx, {
    ...{ consultationId: found.id, facilityId, agreementId, minutes, expertId: next.accountId },
    ...{ passedOnFromId: invitation.id, invitedAt: now, dueAt: new Date(now.getTime() + minutes * 60_000) },
  });
  // The next one of the same sweep must not be given to him as well.
  found.invitations.push(added);
  return [overdue, { kind: 'passed-on', at: now, reason: next.account.displayName }];
}

async function nextExpert(
  tx: Tx,
  found: store.ConsultationFound,
  facilityId: string,
  now: Date,
): Promise<Expert | undefined> {
  const asked = new Set(found.invitations.flatMap(({ expertId, answeredById }) => [expertId, answeredById]));
  const all = await store.expertsAt(tx, facilityId, found.specialty, rolesWith('consultation:answer'));
  return all.find((expert) => {
    if (asked.has(expert.accountId)) return false;
    const { timeZone } = expert.facility;
    const until = expert.onDutyUntil;
    const override = expert.isOnDuty !== null && until ? { isOnDuty: expert.isOnDuty, until } : null;
    const duty = { hours: z.array(DutyHours).parse(expert.hours), override, timeZone };
    const independentSince = expert.independentSince?.toISOString().slice(0, 10) ?? null;
    const { licenceNumber, title } = expert.account;
    const facts = { licenceNumber, title, specialty: expert.specialty, independentSince, timeZone };
    return isOnDuty(duty, now) && expertLacks(facts, found, now).length === 0;
  });
}
