import type { AuditRow } from '@lianzhen/contracts/audit.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
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

/** The trail of the facilities that the auditor oversees, and the hub's own. Looking into it is itself written down. */
export async function searchAudit({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: AuditFilter) {
  const { facilityIds } = requireAccess(ctx, 'audit:read', input.facilityId);
  const where = whereOf(input, facilityIds);
  return db.transaction(async (tx) => {
    const found = await store.find(tx, where, (input.page - 1) * input.pageSize, input.pageSize);
    const total = await store.count(tx, where);
    const names = await store.facilityNames(tx, [...new Set(found.flatMap((row) => row.facilityId ?? []))]);
    const { page: _page, pageSize: _pageSize, ...filter } = input;
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'audit.trailSearched',
      patientId: input.patientId,
      detail: { filter, total },
    });
    return { total, rows: found.map((row) => view(row, new Map(names.map((one) => [one.id, one.name])))) };
  });
}

function whereOf(input: AuditFilter, facilityIds: string[]): Prisma.AuditEntryWhereInput {
  const { action, outcome, actor, facilityId, patientId, objectId, from, to } = input;
  return {
    OR: facilityId ? [{ facilityId }] : [{ facilityId: { in: facilityIds } }, { facilityId: null }],
    action: action ? { contains: action, mode: 'insensitive' } : undefined,
    outcome,
    actorName: actor ? { contains: actor, mode: 'insensitive' } : undefined,
    patientId,
    objectId,
    at: { gte: from ? new Date(from) : undefined, lt: to ? new Date(to) : undefined },
  };
}

type Found = Awaited<ReturnType<typeof store.find>>[number];
const view = (row: Found, names: Map<string, string>): z.infer<typeof AuditRow> => ({
  ...row,
  position: String(row.position),
  at: row.at.toISOString(),
  facilityName: names.get(row.facilityId ?? '') ?? null,
  detail: (row.detail ?? {}) as Record<string, unknown>,
});
