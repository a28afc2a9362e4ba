import type { StatementBody, StatementView } from '@lianzhen/contracts/ecg.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { isSenior } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './statement-store.ts';

const mostOwn = 1000;
type Body = z.output<typeof StatementBody>;
type Save = Body & { id?: string | undefined; revision?: number | undefined };

const viewOf = (row: store.StatementFound): StatementView => ({
  ...{ id: row.id, code: row.code, zh: row.zh, en: row.en, positive: row.positive, critical: row.critical },
  ...{ key: row.key, revision: row.revision, isOwn: row.centreId !== null },
  group: row.group as StatementView['group'],
});

/** The sentences that a reader has: everybody's, with those in their place that his centre worded itself. */
export async function listStatements({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<StatementView[]> {
  const scope = requireAccess(ctx, 'template:manage');
  const rows = await store.offered(db, await store.centreIds(db, scope));
  const own = new Set(rows.filter(({ centreId }) => centreId !== null).map(({ code }) => code));
  return rows.filter(({ centreId, code }) => centreId !== null || !own.has(code)).map(viewOf);
}

/**
 * Makes a sentence of one's centre, changes one, or words one of everybody's anew for the centre.
 * @throws `forbidden` outside an ECG centre, `not-senior`, `not-found`, `stale-revision`, `already-exists` for a code that
 * the centre has, `too-large` past 1000
 */
export async function saveStatement({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: Save): Promise<StatementView> {
  const { id, revision, ...body } = input;
  return db.transaction(async (tx) => {
    const centres = await ownCentres(tx, ctx);
    const before = id === undefined ? null : await store.read(tx, centres, id);
    const isChange = before !== null && before.centreId !== null;
    const saved = isChange ? await change(tx, centres, before, revision ?? 0, body) : await create(tx, centres, body);
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: 'ecg.statementSaved', objectType: 'statement', objectId: saved.id, detail: { code: saved.code } },
    });
    return viewOf(saved);
  });
}

/** Of the centres that one may word sentences for, the first is meant by a new one. */
async function ownCentres(tx: Tx, ctx: Ctx): Promise<string[]> {
  const scope = requireAccess(ctx, 'template:manage');
  if (!isSenior(requirePerson(ctx).title)) throw new HubError('not-senior');
  const centres = await store.centreIds(tx, scope);
  if (centres.length === 0) throw new HubError('forbidden', { action: 'template:manage' });
  return centres;
}

async function create(tx: Tx, [centreId = '']: string[], body: Body): Promise<store.StatementFound> {
  if ((await store.count(tx, centreId)) >= mostOwn) throw new HubError('too-large', { limit: mostOwn });
  return store.create(tx, { ...body, centreId });
}

async function change(tx: Tx, centres: string[], before: store.StatementFound, expected: number, body: Body) {
  if (!(await store.replace(tx, before.id, expected, body)))
    throw new HubError('stale-revision', { expected, found: before.revision });
  return store.read(tx, centres, before.id);
}

/** Takes one of the centre's own away; where it stood in place of everybody's, that one is there again. */
export async function removeStatement(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { id: string },
): Promise<{ ok: true }> {
  return db.transaction(async (tx) => {
    const found = await store.read(tx, await ownCentres(tx, ctx), input.id);
    if (found.centreId === null) throw new HubError('forbidden', { reason: 'everybody has this one' });
    await store.remove(tx, found.id);
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: 'ecg.statementRemoved', objectType: 'statement', objectId: found.id, detail: { code: found.code } },
    });
    return { ok: true };
  });
}
