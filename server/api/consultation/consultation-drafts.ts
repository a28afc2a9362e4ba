import { HubError } from '@lianzhen/contracts/errors.ts';
import { isStorable } from '@lianzhen/contracts/storable.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './draft-store.ts';

const maxDrafts = 50;

type Content = Record<string, unknown>;
type Row = Awaited<ReturnType<typeof store.read>>;
const viewOf = ({ id, content, revision, updatedAt }: Row) => ({
  id,
  content: content as Content,
  revision,
  updatedAt: updatedAt.toISOString(),
});
export type DraftView = ReturnType<typeof viewOf>;

/** What one has begun and not sent, latest first. Nobody else's. */
export async function listDrafts({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<DraftView[]> {
  requireAccess(ctx, 'consultation:request');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const drafts = await store.list(tx, accountId);
    await recordRead(tx, ctx, { action: 'consultation.draftsListed', detail: { shown: drafts.length } });
    return drafts.map(viewOf);
  });
}

/** What is typed may be wrong, but it has to come back as it was. */
function assertStorable(content: Content): void {
  if (!isStorable(content))
    throw new HubError('bad-input', { fields: [{ field: 'content', expected: 'well-formed text' }] });
}

/** @throws `too-large` past 50 drafts */
export async function keepDraft(tx: Tx, accountId: string, facilityId: string, content: Content): Promise<DraftView> {
  if ((await store.count(tx, accountId)) >= maxDrafts) throw new HubError('too-large', { limit: maxDrafts });
  return viewOf(await store.create(tx, accountId, facilityId, content as Prisma.InputJsonObject));
}

export async function createDraft(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { facilityId: string; content: Content },
): Promise<DraftView> {
  requireAccess(ctx, 'consultation:request', input.facilityId);
  const { accountId } = requirePerson(ctx);
  assertStorable(input.content);
  return db.transaction((tx) => keepDraft(tx, accountId, input.facilityId, input.content));
}

/** Saved as one types. @throws `stale-revision` where another window wrote in between, `not-found` */
export async function saveDraft(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { id: string; revision: number; content: Content },
): Promise<DraftView> {
  requireAccess(ctx, 'consultation:request');
  const { accountId } = requirePerson(ctx);
  assertStorable(input.content);
  return db.transaction(async (tx) => {
    const own = { id: input.id, accountId, revision: input.revision };
    const isWritten = await store.replace(tx, own, input.content as Prisma.InputJsonObject);
    const draft = await store.read(tx, accountId, input.id);
    if (!isWritten) throw new HubError('stale-revision', { expected: input.revision, found: draft.revision });
    return viewOf(draft);
  });
}

export async function discardDraft({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<{ ok: true }> {
  requireAccess(ctx, 'consultation:request');
  if (!(await store.remove(db, requirePerson(ctx).accountId, input.id))) throw new HubError('not-found');
  return { ok: true };
}
