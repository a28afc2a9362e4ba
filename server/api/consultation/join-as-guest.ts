import { randomBytes } from 'node:crypto';
import type { GuestAnswer } from '@lianzhen/contracts/consultation.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import type { Ctx } from '../context.ts';
import { Guesses } from '../identity/guesses.ts';
import * as guests from './guest-store.ts';
import { type JoinDeps, openDoor, requireOpenRoom } from './join-consultation.ts';
import { isWord, sha256 } from './secret-words.ts';
import * as store from './store.ts';

interface GuestKey {
  number: string;
  code?: string | undefined;
  pass?: string | undefined;
}
type Answer = z.infer<typeof GuestAnswer>;

/** So many wrong codes close a seat: its number is short, and told over the telephone. */
const mostFailures = 5;
/** The last as long as the session goes on: an opinion that is signed in it sends nobody away. */
const openStates = ['accepted', 'scheduled', 'live', 'concluded', 'acknowledged'];
const guesses = new Guesses();

/**
 * Public. Takes a guest's seat with its number and code, once; after that with the pass that came with the answer, for
 * the same seat after a lost link. Whoever has neither learns nothing of whether the number exists.
 * @throws `wrong-credentials`, `rate-limited`, `wrong-state` while the room is not open
 */
export async function joinAsGuest(deps: JoinDeps, ctx: Ctx, input: GuestKey): Promise<Answer> {
  await guesses.take(ctx.address);
  const pass = randomBytes(24).toString('base64url');
  const taken = await deps.db.transaction((tx) => take(tx, deps, ctx, input, pass));
  // The wrong guess is counted: what is thrown inside would take the count back.
  if (!taken) throw new HubError('wrong-credentials');
  await guesses.giveBack(ctx.address);
  const { guest, facilityName, ownPass } = taken;
  const role = guest.role as SeatRole;
  const seat = { accountId: null, seatId: guest.id, role, name: guest.name, facilityName };
  const answer = await openDoor(deps, guest.consultationId, seat);
  return { ...answer, pass: ownPass, name: guest.name, facilityName };
}

async function take(tx: Tx, { clock }: JoinDeps, ctx: Ctx, input: GuestKey, pass: string) {
  const guest = await guests.lockByNumber(tx, input.number);
  const now = clock.now();
  if (!guest || guest.revokedAt || guest.expiresAt <= now || guest.failures >= mostFailures) return undefined;
  const isBack = isWord(input.pass, guest.passHash);
  const isFirst = guest.usedAt === null && isWord(input.code?.toUpperCase(), guest.codeHash);
  if (!isBack && !isFirst) {
    await guests.change(tx, guest.id, { failures: { increment: 1 } });
    return undefined;
  }
  const found = await store.readAny(tx, guest.consultationId);
  if (!openStates.includes(found.state)) throw new HubError('wrong-state', { state: found.state });
  requireOpenRoom(found, now);
  if (isFirst) await guests.change(tx, guest.id, { usedAt: now, passHash: sha256(pass), failures: 0 });
  await recordAudit(tx, {
    ...{ action: 'consultation.guestJoined', actorName: 'guest', role: guest.role, patientId: found.patientId },
    ...{ facilityId: found.requestingFacilityId, address: ctx.address, requestId: ctx.requestId },
    ...{ objectType: 'consultation', objectId: found.id, detail: { guestId: guest.id, isFirst } },
  });
  return { guest, facilityName: guest.relation, ownPass: isFirst ? pass : (input.pass ?? '') };
}
