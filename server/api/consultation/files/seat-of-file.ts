import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { mayInRoom, SeatRole } from '@lianzhen/contracts/room-signals.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../../context.ts';
import { readSeat, type SeatRow } from '../rooms/store.ts';
import { isSeatSecret } from '../secret-words.ts';
import * as store from './store.ts';

/** A room's node says every few seconds that it lives; a seat of a room that nobody holds any more is nobody's. */
const aliveWithinMs = 120_000;

/**
 * Whoever sits in a room now, by the secret of his seat. The secret of a person's seat is good together with his own session
 * alone, so that it ends with it.
 * @param proof the header `x-room-seat`
 * @throws `forbidden` for every other secret, whoever's, and for who waits, was removed or has left
 */
export async function requireSeat(
  tx: Tx,
  { actor }: Ctx,
  consultationId: string,
  proof: string | undefined,
  now: Date,
): Promise<SeatRow & { role: SeatRole }> {
  const [seatId, secret] = /^([\da-f-]{36})\.([\w-]{20,100})$/.exec(proof ?? '')?.slice(1) ?? [];
  const seat = Id.safeParse(seatId).success && (await readSeat(tx, consultationId, seatId ?? ''));
  if (!seat || !isSeatSecret(secret, seat.secretHash)) throw new HubError('forbidden', { reason: 'seat' });
  const isIn = seat.admittedAt !== null && seat.removedAt === null && seat.leftAt === null;
  const aliveAt = (await store.aliveAt(tx, consultationId))?.getTime() ?? 0;
  if (!isIn || now.getTime() - aliveAt > aliveWithinMs) throw new HubError('forbidden', { reason: 'seat' });
  const accountId = actor.kind === 'person' ? actor.accountId : null;
  if (seat.accountId !== null && seat.accountId !== accountId) throw new HubError('forbidden', { reason: 'seat' });
  const role = SeatRole.parse(seat.role);
  if (!mayInRoom(role, 'chat')) throw new HubError('forbidden', { act: 'chat' });
  return { ...seat, role };
}
