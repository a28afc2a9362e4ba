import { HubError } from '@lianzhen/contracts/errors.ts';
import { isCaliper, Mark, mostMarks } from '@lianzhen/contracts/shared-view.ts';
import type { CaseMark } from '@lianzhen/contracts/worklist.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { requireHold } from './hold-case.ts';
import * as marks from './mark-store.ts';
import * as store from './store.ts';

interface Held {
  id: string;
  leaseToken: string;
}

/** What readers measured and drew on the images of a case, in the order in which it was last touched. */
export async function listMarks({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<CaseMark[]> {
  const scope = requireAccess(ctx, 'worklist:read');
  return db.transaction(async (tx) => {
    const { id, order, centre } = await store.read(tx, scope, input.id);
    const rows = await marks.marks(tx, id);
    const fact = { action: 'worklist.caseRead', patientId: order.patientId, objectType: 'case', objectId: id } as const;
    await recordRead(tx, ctx, fact, centre.facilityId);
    return rows.map(({ mark, authorName, at }) => ({ ...Mark.parse(mark), author: authorName, at: at.toISOString() }));
  });
}

/**
 * Keeps a measurement or drawing, new or changed. It is an aid of reading beside the report, and no part of what is signed.
 * @throws `lease-lost`; `bad-input` for what is not on an image of the case, or one more than a case may have
 */
export async function placeMark(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { markId, mark: body, ...held }: Held & { markId: string; mark: Omit<Mark, 'id'> },
): Promise<{ ok: true }> {
  const mark = { ...body, id: markId };
  return whileHeld({ db, clock }, ctx, held, async (tx, found, { accountId, displayName }, now) => {
    const studies = found.order.exams.flatMap((exam) => exam.studies);
    if (!studies.some(({ studyInstanceUid }) => studyInstanceUid === mark.studyUid))
      throw bad('mark.studyUid', 'a study of this case');
    if (isCaliper(mark.kind)) throw bad('mark.kind', 'what is measured or drawn on an image');
    if ((await marks.countOthers(tx, found.id, mark.id)) >= mostMarks)
      throw bad('mark', `at most ${mostMarks} of a case`);
    await marks.place(tx, found.id, mark, { authorId: accountId, authorName: displayName, at: now });
  });
}

/** One that is gone already is no failure. @throws `lease-lost` */
export const removeMark = (
  deps: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { markId, ...held }: Held & { markId: string },
): Promise<{ ok: true }> => whileHeld(deps, ctx, held, (tx, found) => marks.remove(tx, found.id, markId));

type Change = (tx: Tx, found: store.CaseFound, person: ReturnType<typeof requirePerson>, now: Date) => Promise<unknown>;

async function whileHeld(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { id, leaseToken }: Held,
  change: Change,
) {
  const scope = requireAccess(ctx, 'report:write');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, id);
    const now = clock.now();
    requireHold(found, person, leaseToken, now);
    await change(tx, found, person, now);
    return { ok: true as const };
  });
}

const bad = (field: string, expected: string) => new HubError('bad-input', { fields: [{ field, expected }] });
