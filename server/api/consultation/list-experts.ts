import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import type { ExpertView, Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { expertLacks } from '@lianzhen/contracts/expert-rules.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './expert-store.ts';
import { expertView, factsOf } from './expert-view.ts';

interface Filter {
  facilityId: string;
  specialty?: Specialty | undefined;
  title?: Title | undefined;
  onDuty?: boolean | undefined;
  q: string;
}

/** Who may be invited by a facility, those on duty first; `lacks` says why one cannot be. */
export async function listExperts(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Filter,
): Promise<ExpertView[]> {
  requireAccess(ctx, 'consultation:request', input.facilityId);
  const views = await db.transaction((tx) => expertsFor(tx, input, clock.now()));
  const text = input.q.trim();
  return views
    .filter((one) => (input.onDuty ? one.isOnDuty : true))
    .filter(({ name, facility }) => text === '' || name.includes(text) || facility.name.includes(text));
}

/** Experts of every facility with which there is or was an agreement, those who can be invited now first. */
export async function expertsFor(
  tx: Tx,
  wanted: { facilityId: string; specialty?: string | undefined; title?: string | undefined },
  now: Date,
): Promise<ExpertView[]> {
  const asking = await store.facility(tx, wanted.facilityId);
  if (!asking) throw new HubError('not-found', { field: 'facilityId' });
  const today = dayIn(asking.timeZone, now);
  const agreements = (await store.agreementsFrom(tx, asking.id)).map(datesOf);
  const hosts = [...new Set(agreements.map(({ toId }) => toId))];
  if (hosts.length === 0) return [];
  const open = new Set(
    hosts.filter((id) => {
      const written = agreements.filter(({ toId }) => toId === id);
      return agreementStanding(written, 'consultation', today).agreement !== null;
    }),
  );
  const experts = await store.listed(tx, hosts, wanted.specialty);
  const views = experts.map((expert) => {
    const lacks = expertLacks(factsOf(expert), wanted, now);
    return expertView(expert, open.has(expert.facilityId) ? lacks : [...lacks, 'no-agreement'], now);
  });
  const rank = ({ lacks, isOnDuty }: ExpertView) => (lacks.length > 0 ? 2 : 0) + (isOnDuty ? 0 : 1);
  return views.sort((a, b) => rank(a) - rank(b));
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
export const datesOf = <A extends { validFrom: Date; validTo: Date }>(row: A) => ({
  ...row,
  validFrom: day(row.validFrom),
  validTo: day(row.validTo),
});
