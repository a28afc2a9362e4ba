import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../context.ts';
import * as store from './call-store.ts';

/**
 * The alarms that somebody is called to: those that went to the ECG centres he reads for, those to which the duty roster
 * of his house called him by name, as a senior reader those that nobody of his house answered, as a cardiology expert
 * those that went on to the paired hospital. Who is called may look at the trace while the alarm is open, whether or not
 * it has found its order yet: it is why he was called.
 */
export async function calledTo(tx: Tx, { actor }: Pick<Ctx, 'actor'>): Promise<Prisma.EcgAlarmWhereInput> {
  if (actor.kind !== 'person') return nobodys;
  const seniorAt = actor.seats
    .filter(({ roles }) => roles.includes('senior-reader'))
    .map(({ facilityId }) => facilityId);
  const readsAt = await store.ecgCentresOf(tx, actor.accountId, seatsOf(actor, ['reader', 'senior-reader']));
  const expertAt = await store.cardiologyOf(tx, actor.accountId, seatsOf(actor, ['expert', 'senior-reader']));
  // Who reads there no more is not called by a name that was written earlier.
  const expertIn = seatsOf(actor, ['expert']);
  const byName = { personId: actor.accountId, facilityId: { in: [...readsAt, ...seniorAt, ...expertIn] } };
  const at = (facilityIds: string[], ...why: string[]) => ({ facilityId: { in: facilityIds }, why: { in: why } });
  return {
    hops: {
      some: {
        OR: [at(readsAt, 'raised', 'overdue'), byName, at(seniorAt, 'overdue'), at(expertAt, 'paired-hospital')],
      },
    },
  };
}
const nobodys: Prisma.EcgAlarmWhereInput = { id: { in: [] } };

type Person = Extract<Ctx['actor'], { kind: 'person' }>;
const seatsOf = ({ seats }: Person, roles: readonly string[]): string[] =>
  seats.filter((seat) => seat.roles.some((role) => roles.includes(role))).map(({ facilityId }) => facilityId);
