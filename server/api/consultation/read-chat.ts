import type { ChatLine } from '@lianzhen/contracts/consultation.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { chatOf } from './chat-store.ts';
import * as store from './store.ts';

/** More than people write in a day. */
const mostLines = 5000;

/**
 * What was written in the room, in its order. For everybody with a part, during the session and after it.
 * @returns `isWhole`: false where only the first lines are given
 * @throws `not-found` for who has no part in the consultation
 */
export async function readChat(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { id }: { id: string },
): Promise<{ lines: ChatLine[]; isWhole: boolean }> {
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const found = await store.read(tx, scope, id);
    const lines = await chatOf(tx, found.id, mostLines + 1);
    const fact = { patientId: found.patientId, objectType: 'consultation', objectId: found.id };
    await recordRead(tx, ctx, { action: 'consultation.chatRead', ...fact });
    return { lines: lines.slice(0, mostLines), isWhole: lines.length <= mostLines };
  });
}
