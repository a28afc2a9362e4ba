import { HubError } from '@lianzhen/contracts/errors.ts';
import type { FacilityView } from '@lianzhen/contracts/facilities.ts';
import {
  kindsToSetUp,
  levelsToSetUp,
  type ManagedFacility,
  type NewFacility,
} from '@lianzhen/contracts/facility-setup.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { createFirstAdmin, newOneTimeSecret } from '../identity/first-admin.ts';
import { facilityView } from './facility-view.ts';
import * as store from './setup-store.ts';

const unique = <T>(values: T[]): T[] => [...new Set(values)];

/** The facilities that one runs, and those below them, each with what one may set up directly below it. */
export async function listManaged({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<ManagedFacility[]> {
  const scope = requireAccess(ctx, 'facility:manage');
  return managed(db, scope, await store.below(db, scope));
}

async function managed(
  tx: Tx,
  scope: FacilityScope,
  links: Array<{ id: string; founderId: string }>,
): Promise<ManagedFacility[]> {
  const rows = await store.facilitiesById(tx, unique(links.flatMap(({ id, founderId }) => [id, founderId])));
  const views = new Map(rows.map((row) => [row.id, facilityView(row)]));
  return [...views.values()].flatMap((view) => {
    const own = links.filter(({ id }) => id === view.id);
    const founders = own.flatMap(({ founderId }) => views.get(founderId) ?? []);
    const levelsBelow = unique(founders.flatMap((founder) => levelsToSetUp(founder, view)));
    const kindsBelow = levelsBelow.length > 0 ? unique(founders.flatMap(kindsToSetUp)) : [];
    const isManaged = scope.facilityIds.includes(view.id);
    // Who sets up nothing below has no business there: a township's clinics are its county's to see.
    return isManaged || levelsBelow.length > 0 || founders.some((one) => levelsToSetUp(one, one).length > 0)
      ? [{ ...view, isManaged, levelsBelow, kindsBelow }]
      : [];
  });
}

/**
 * A facility below one that the caller runs, of a level below both, with its inbox and its first administrator. The
 * caller has no seat in it: from its administrator's first log-in on, it is run by its own people.
 * @returns the one-time password of the administrator, which is in this answer and nowhere else
 * @throws `forbidden`, `bad-input`, `already-exists` naming the field
 */
export async function createFacility(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: NewFacility,
): Promise<{ facility: FacilityView; admin: { username: string; password: string; until: string } }> {
  const scope = requireAccess(ctx, 'facility:manage');
  const founderIds = await assertFounder(db, scope, input);
  const secret = await newOneTimeSecret(clock.now());
  const { parentId, code, name, nameEn, level, kind, phone, admin } = input;
  const row = await db.transaction(async (tx) => {
    if (await store.hasCode(tx, code)) throw new HubError('already-exists', { field: 'code' });
    const data = { parentId, code, name, nameEn: nameEn || null, level, kind, phone: phone || null };
    const made = await store.insertFacility(tx, data, '平台收件箱');
    await emit(tx, { topic: 'facility', id: made.id, revision: 1, facilityIds: unique([...founderIds, parentId]) });
    await createFirstAdmin(tx, ctx, made.id, { ...admin, secret });
    await recordAudit(tx, {
      ...auditOf(ctx, founderIds[0]),
      action: 'facilities.facilityCreated',
      objectType: 'facility',
      objectId: made.id,
      detail: { code, level, kind, parentId },
    });
    return made;
  });
  const { password, oneTimeUntil } = secret;
  return {
    facility: facilityView(row),
    admin: { username: admin.username, password, until: oneTimeUntil.toISOString() },
  };
}

/** @returns the facilities of the caller's above the new one */
async function assertFounder(tx: Tx, scope: FacilityScope, input: NewFacility): Promise<string[]> {
  const links = await store.below(tx, scope, input.parentId);
  const parent = (await managed(tx, scope, links)).find(({ id }) => id === input.parentId);
  if (!parent || parent.levelsBelow.length === 0) throw new HubError('forbidden', { action: 'facility:manage' });
  const fields = [
    ...(parent.levelsBelow.includes(input.level) ? [] : [{ field: 'level', expected: parent.levelsBelow.join(', ') }]),
    ...(parent.kindsBelow.includes(input.kind) ? [] : [{ field: 'kind', expected: parent.kindsBelow.join(', ') }]),
  ];
  if (fields.length > 0) throw new HubError('bad-input', { fields });
  return unique(links.map(({ founderId }) => founderId));
}
