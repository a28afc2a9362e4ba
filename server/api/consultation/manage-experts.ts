import { rolesMay } from '@lianzhen/contracts/access.ts';
import type { ExpertBody, ExpertView } from '@lianzhen/contracts/consultation-experts.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { expertLacks } from '@lianzhen/contracts/expert-rules.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './expert-store.ts';
import { expertView, factsOf } from './expert-view.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type SaveExpert = ExpertBody & { facilityId: string; accountId: string; revision: number };

/** Where this person runs the facility. */
const runs = (ctx: Ctx): string[] =>
  requirePerson(ctx)
    .seats.filter(({ roles }) => rolesMay(roles, 'facility:manage'))
    .map(({ facilityId }) => facilityId);

/** One's own entries in the directory and, for an admin, those of his facility. */
export async function listManagedExperts(
  { db, clock }: Part,
  ctx: Ctx,
): Promise<Array<ExpertView & { isOwn: boolean }>> {
  const { accountId } = requirePerson(ctx);
  const now = clock.now();
  const { found, here } = await db.transaction(async (tx) => {
    const entries = await store.managed(tx, accountId, runs(ctx));
    return { found: entries, here: await store.registeredAmong(tx, entries) };
  });
  const isHere = (expert: store.ExpertFound) =>
    here.some((one) => one.accountId === expert.accountId && one.facilityId === expert.facilityId);
  return found.map((expert) => {
    const lacks = expertLacks(factsOf(expert), {}, now);
    const view = expertView(expert, isHere(expert) ? lacks : [...lacks, 'not-registered'], now);
    return { ...view, isOwn: expert.accountId === accountId };
  });
}

/**
 * Writes an entry of the directory: one's own hours and words, or anybody's of the facility that one runs. Since when
 * somebody works on his own is for the facility to say, not for himself.
 * @throws `forbidden`, `not-found` for who does not work there, `stale-revision`
 */
export async function saveExpert({ db, clock }: Part, ctx: Ctx, input: SaveExpert): Promise<ExpertView> {
  const person = requirePerson(ctx);
  const isAdmin = runs(ctx).includes(input.facilityId);
  if (!isAdmin) {
    requireAccess(ctx, 'consultation:answer', input.facilityId);
    if (input.accountId !== person.accountId) throw new HubError('forbidden', { action: 'facility:manage' });
  }
  return db.transaction(async (tx) => {
    if (!(await store.isRegistered(tx, input.accountId, input.facilityId)))
      throw new HubError('not-found', { field: 'accountId' });
    const expert = await write(tx, input, isAdmin);
    const now = clock.now();
    await emit(tx, { topic: 'facility', id: input.facilityId, revision: 1, facilityIds: [input.facilityId] });
    const view = expertView(expert, expertLacks(factsOf(expert), {}, now), now);
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: 'consultation.expertSaved',
      ...{ objectType: 'expert', objectId: input.accountId },
      detail: { specialty: input.specialty, isListed: input.isListed, byAdmin: isAdmin },
    });
    return view;
  });
}

async function write(tx: Tx, input: SaveExpert, isAdmin: boolean): Promise<store.ExpertFound> {
  const { facilityId, accountId, revision, independentSince, override, ...body } = input;
  const before = await store.find(tx, accountId, facilityId);
  const since = isAdmin ? independentSince && new Date(independentSince) : (before?.independentSince ?? null);
  const data = {
    ...body,
    independentSince: since,
    isOnDuty: override?.isOnDuty ?? null,
    onDutyUntil: override ? new Date(override.until) : null,
  };
  const stale = () => new HubError('stale-revision', { expected: revision, found: before?.revision ?? 0 });
  if (revision === 0) {
    if (before) throw stale();
    return store.create(tx, { ...data, facilityId, accountId }).catch((cause: unknown) => {
      throw isUniqueViolation(cause) ? stale() : cause;
    });
  }
  if (!(await store.replace(tx, { accountId, facilityId, revision }, data))) throw stale();
  const found = await store.find(tx, accountId, facilityId);
  if (!found) throw new HubError('not-found');
  return found;
}
