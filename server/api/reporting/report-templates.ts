import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { isSenior } from '@lianzhen/contracts/identity.ts';
import type { TemplateBody, TemplateView } from '@lianzhen/contracts/reporting.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './template-store.ts';

const maxOwn = 500;
type View = z.output<typeof TemplateView>;
type SaveTemplate = z.output<typeof TemplateBody> & { id?: string | undefined; revision?: number | undefined };
type Filter = { line: ServiceLine; modality?: string | undefined; bodyPart?: string | undefined };

const viewOf = (row: store.TemplateFound, accountId: string): View => ({
  ...{ id: row.id, revision: row.revision, name: row.name, nameEn: row.nameEn },
  ...{ modality: row.modality, bodyPart: row.bodyPart },
  ...{ findings: row.findings, impression: row.impression, advice: row.advice },
  line: row.line as View['line'],
  kind: row.kind as View['kind'],
  isOwn: row.accountId === accountId,
});

/** What a reader may begin from: for his modality and body part, or for any. */
export async function listTemplates({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: Filter): Promise<View[]> {
  const scope = requireAccess(ctx, 'template:manage');
  const { accountId } = requirePerson(ctx);
  const { line, modality, bodyPart } = input;
  const anyOr = <K extends string>(field: K, value: string | undefined) =>
    value ? { OR: [{ [field]: value }, { [field]: null }] } : {};
  const filter = { line, AND: [anyOr('modality', modality), anyOr('bodyPart', bodyPart)] };
  const found = await store.list(db, accountId, await store.centreIds(db, scope), filter);
  return found.map((row) => viewOf(row, accountId));
}

/**
 * Makes a template of one's own, or writes over one: one's own, or, as a senior, the centre's. The hub's are for all.
 * @throws `forbidden`, `not-found`, `stale-revision`, `too-large` past 500 of one's own
 */
export async function saveTemplate({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: SaveTemplate): Promise<View> {
  requireAccess(ctx, 'template:manage');
  const { accountId } = requirePerson(ctx);
  const { id, revision, ...body } = input;
  return db.transaction(async (tx) => {
    const saved = id === undefined ? await create(tx, accountId, body) : await replace(tx, ctx, id, revision, body);
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: 'reporting.templateSaved', objectType: 'template', objectId: saved.id },
    });
    return viewOf(saved, accountId);
  });
}

async function create(tx: Tx, accountId: string, body: z.output<typeof TemplateBody>): Promise<store.TemplateFound> {
  if ((await store.countOwn(tx, accountId)) >= maxOwn) throw new HubError('too-large', { limit: maxOwn });
  return store.create(tx, { ...body, accountId });
}

async function replace(
  tx: Tx,
  ctx: Ctx,
  id: string,
  revision: number | undefined,
  body: z.output<typeof TemplateBody>,
): Promise<store.TemplateFound> {
  const found = await readMine(tx, ctx, id);
  const expected = revision ?? 0;
  if (!(await store.replace(tx, id, expected, body)))
    throw new HubError('stale-revision', { expected, found: found.revision });
  return readMine(tx, ctx, id);
}

/** A template that this person may change. @throws `not-found`, `forbidden` */
async function readMine(tx: Tx, ctx: Ctx, id: string): Promise<store.TemplateFound> {
  const { accountId, title } = requirePerson(ctx);
  const centres = await store.centreIds(tx, requireAccess(ctx, 'template:manage'));
  const found = await store.read(tx, accountId, centres, id);
  if (found.accountId === accountId) return found;
  const isOurs = found.centreId !== null && isSenior(title);
  if (!isOurs) throw new HubError('forbidden', { action: 'template:manage' });
  return found;
}

export async function removeTemplate({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<{ ok: true }> {
  requireAccess(ctx, 'template:manage');
  return db.transaction(async (tx) => {
    const { id } = await readMine(tx, ctx, input.id);
    await store.remove(tx, id);
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: 'reporting.templateRemoved', objectType: 'template', objectId: id },
    });
    return { ok: true };
  });
}
