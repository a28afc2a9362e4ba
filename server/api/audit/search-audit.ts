import type { AuditRow } from '@lianzhen/contracts/audit.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

export interface AuditFilter {
  page: number;
  pageSize: number;
  action?: string;
  outcome?: string;
  actor?: string;
  facilityId?: string;
  patientId?: string;
  objectId?: string;
  from?: string;
  to?: string;
}

/**
 * The trail of the facilities that the auditor oversees, and the hub's own; of a patient of theirs also what others did,
 * for that is what a patient asks about. Looking into it is itself written down.
 */
export async function searchAudit({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: AuditFilter) {
  const { facilityIds } = requireAccess(ctx, 'audit:read', input.facilityId);
  const { page, pageSize, ...filter } = input;
  return db.transaction(async (tx) => {
    const { patientId, facilityId } = input;
    const isTheirs = patientId && !facilityId && (await store.caresFor(tx, facilityIds, patientId));
    const query: store.TrailQuery = {
      ...filter,
      facilityIds: isTheirs ? 'all' : facilityIds,
      isOneFacility: facilityId !== undefined,
      from: input.from ? new Date(input.from) : undefined,
      to: input.to ? new Date(input.to) : undefined,
    };
    const { rows, total } = await store.find(tx, query, (page - 1) * pageSize, pageSize);
    const names = await store.facilityNames(tx, [...new Set(rows.flatMap((row) => row.facilityId ?? []))]);
    const byId = new Map(names.map((one) => [one.id, one.name]));
    await recordAudit(tx, { ...auditOf(ctx), action: 'audit.trailSearched', patientId, detail: { filter, total } });
    return { total, rows: rows.map((row) => view(row, byId)) };
  });
}

type Found = Awaited<ReturnType<typeof store.find>>['rows'][number];
const view = (row: Found, names: Map<string, string>): z.infer<typeof AuditRow> => ({
  ...row,
  position: String(row.position),
  at: row.at.toISOString(),
  facilityName: names.get(row.facilityId ?? '') ?? null,
  detail: (row.detail ?? {}) as Record<string, unknown>,
});
