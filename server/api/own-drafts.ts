import type { Action } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { isStorable } from '@lianzhen/contracts/storable.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type ReadAction, recordRead } from './audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from './context.ts';
import type { Deps } from './deps.ts';

const maxDrafts = 50;

type Content = Record<string, unknown>;
interface Row {
  id: string;
  content: Prisma.JsonValue;
  revision: number;
  updatedAt: Date;
}
/** Where a word keeps its drafts. Every question names the account: they are a person's own. */
interface DraftStore {
  list(tx: Tx, accountId: string): Promise<Row[]>;
  count(tx: Tx, accountId: string): Promise<number>;
  read(tx: Tx, accountId: string, id: string): Promise<Row>;
  create(tx: Tx, accountId: string, facilityId: string, content: Prisma.InputJsonObject): Promise<Row>;
  /** @returns false where the revision is another by now */
  replace(
    tx: Tx,
    own: { id: string; accountId: string; revision: number },
    content: Prisma.InputJsonObject,
  ): Promise<boolean>;
  remove(tx: Tx, accountId: string, id: string): Promise<boolean>;
}

export interface DraftView {
  id: string;
  content: Content;
  revision: number;
  updatedAt: string;
}
const viewOf = ({ id, content, revision, updatedAt }: Row): DraftView => ({
  id,
  content: content as Content,
  revision,
  updatedAt: updatedAt.toISOString(),
});

/** What is typed may be wrong, but it has to come back as it was. */
function assertStorable(content: Content): void {
  if (!isStorable(content))
    throw new HubError('bad-input', { fields: [{ field: 'content', expected: 'well-formed text' }] });
}

/**
 * The use cases of what one has begun and not sent, for one word.
 * @param action what it takes to write them
 * @param listed what looking at them is called in the trail
 */
export function ownDrafts(store: DraftStore, action: Action, listed: ReadAction) {
  /** @throws `too-large` past 50 drafts */
  async function keepDraft(tx: Tx, accountId: string, facilityId: string, content: Content): Promise<DraftView> {
    if ((await store.count(tx, accountId)) >= maxDrafts) throw new HubError('too-large', { limit: maxDrafts });
    return viewOf(await store.create(tx, accountId, facilityId, content as Prisma.InputJsonObject));
  }

  /** Latest first. Nobody else's. */
  async function listDrafts({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<DraftView[]> {
    requireAccess(ctx, action);
    const { accountId } = requirePerson(ctx);
    return db.transaction(async (tx) => {
      const drafts = await store.list(tx, accountId);
      await recordRead(tx, ctx, { action: listed, detail: { shown: drafts.length } });
      return drafts.map(viewOf);
    });
  }

  async function createDraft(
    { db }: Pick<Deps, 'db'>,
    ctx: Ctx,
    input: { facilityId: string; content: Content },
  ): Promise<DraftView> {
    requireAccess(ctx, action, input.facilityId);
    const { accountId } = requirePerson(ctx);
    assertStorable(input.content);
    return db.transaction((tx) => keepDraft(tx, accountId, input.facilityId, input.content));
  }

  /** Saved as one types. @throws `stale-revision` where another window wrote in between, `not-found` */
  async function saveDraft(
    { db }: Pick<Deps, 'db'>,
    ctx: Ctx,
    input: { id: string; revision: number; content: Content },
  ): Promise<DraftView> {
    requireAccess(ctx, action);
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

  async function discardDraft({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<{ ok: true }> {
    requireAccess(ctx, action);
    if (!(await store.remove(db, requirePerson(ctx).accountId, input.id))) throw new HubError('not-found');
    return { ok: true };
  }

  return { keepDraft, listDrafts, createDraft, saveDraft, discardDraft };
}
