import { HubError } from '@lianzhen/contracts/errors.ts';
import type { FacilityView, ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { Signatures } from '@lianzhen/contracts/signatures.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { facilityView } from './facility-view.ts';
import * as store from './setup-store.ts';

type Part = Pick<Deps, 'db'>;
interface Names {
  name: string;
  nameEn: string | null;
}
interface CentreBody extends Names {
  /** Left as they are without. */
  signatures?: Signatures | undefined;
}
interface Fact {
  action: string;
  objectType: 'facility' | 'centre';
  objectId: string;
  detail: Record<string, unknown>;
}

/** Name and telephone. Code, level and place in the tree stay: codes begin secrets' names, and agreements rest on them. */
export const changeFacility = (
  deps: Part,
  ctx: Ctx,
  { id, revision, ...data }: Names & { id: string; revision: number; phone: string | null },
): Promise<FacilityView> =>
  write(deps, ctx, { id, revision, data: { ...data, nameEn: data.nameEn || null, phone: data.phone || null } }, () =>
    Promise.resolve({ action: 'facilities.facilityChanged', objectType: 'facility', objectId: id, detail: {} }),
  );

/**
 * Opens a centre for a line of service. Who may send to it, and by when it answers, stands in the agreements.
 * @throws `already-exists` where the facility has one for the line
 */
export const createCentre = (
  deps: Part,
  ctx: Ctx,
  {
    facilityId,
    revision,
    line,
    name,
    nameEn,
    signatures,
  }: CentreBody & { facilityId: string; revision: number; line: ServiceLine },
): Promise<FacilityView> =>
  write(deps, ctx, { id: facilityId, revision, data: {} }, async (tx) => {
    const { id } = await store.insertCentre(tx, facilityId, line, { name, nameEn: nameEn || null, signatures });
    return { action: 'facilities.centreCreated', objectType: 'centre', objectId: id, detail: { line, signatures } };
  });

export const changeCentre = (
  deps: Part,
  ctx: Ctx,
  {
    facilityId,
    revision,
    id,
    name,
    nameEn,
    signatures,
  }: CentreBody & { facilityId: string; revision: number; id: string },
): Promise<FacilityView> =>
  write(deps, ctx, { id: facilityId, revision, data: {} }, async (tx) => {
    const { line } = await store.writeCentre(tx, facilityId, id, { name, nameEn: nameEn || null, signatures });
    return { action: 'facilities.centreChanged', objectType: 'centre', objectId: id, detail: { line, signatures } };
  });

/** A facility and its centres change as one thing, under one revision. */
async function write(
  { db }: Part,
  ctx: Ctx,
  input: { id: string; revision: number; data: Parameters<typeof store.writeFacility>[3] },
  change: (tx: Tx) => Promise<Fact>,
): Promise<FacilityView> {
  const scope = requireAccess(ctx, 'facility:manage', input.id);
  const written = db.transaction(async (tx) => {
    const before = await store.facility(tx, scope, input.id);
    if (!(await store.writeFacility(tx, before.id, input.revision, input.data)))
      throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    const fact = await change(tx);
    const row = await store.facility(tx, scope, input.id);
    await emit(tx, { topic: 'facility', id: row.id, revision: row.revision, facilityIds: [row.id] });
    await recordAudit(tx, { ...auditOf(ctx, row.id), ...fact });
    return facilityView(row);
  });
  return written.catch((cause: unknown) => {
    throw isUniqueViolation(cause) ? new HubError('already-exists', { field: 'line' }, { cause }) : cause;
  });
}
