import { randomBytes } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SignalValue, signals } from '@lianzhen/contracts/room-signals.ts';
import type { z } from 'zod';
import { iceServersFor } from '../ice-servers.ts';
import type { VerifiedToken } from '../join-token.ts';
import { isSeatSecret, seatSecretHash } from '../secret-words.ts';
import type { Line, Peer } from './peer.ts';
import type { Room } from './room.ts';
import { mostPeople, type RoomDeps } from './room-deps.ts';
import * as store from './store.ts';

/**
 * Takes a seat in a room, or takes it back. The token says whose it is; once it has expired, only the secret of a seat
 * that is still kept stands for it.
 * @throws `unauthenticated`, `forbidden` for who was removed or stands before a locked door, `wrong-state` after the end
 */
export async function enterRoom(
  deps: RoomDeps,
  room: Room,
  { claims, issuedAt, isExpired }: VerifiedToken,
  { resumeSecret, afterSeq, keepsMedia }: z.output<typeof signals.join.input>,
  line: Line,
): Promise<{ peer: Peer; answer: SignalValue<'join'> }> {
  const { db, clock } = deps;
  const { consultationId, seatId } = claims;
  if (room.endedAt && issuedAt <= room.endedAt) throw new HubError('wrong-state', { reason: 'ended' });
  if (claims.accountId && (await store.loggedOutOf(db, [claims.accountId], clock.now())).length > 0)
    throw new HubError('unauthenticated', { reason: 'logged-out' });
  if ((await store.withoutPart(db, [claims])).length > 0) throw new HubError('forbidden', { reason: 'removed' });
  // Who has just left or been let in is written down before his seat is looked at.
  await room.log.caughtUp();
  const known = await store.readSeat(db, consultationId, seatId);
  if (known?.removedAt) throw new HubError('forbidden', { reason: 'removed' });
  const isKept = known?.leftAt === null && resumeSecret !== undefined && isSeatSecret(resumeSecret, known.secretHash);
  if (isExpired && !isKept) throw new HubError('unauthenticated', { reason: 'token-expired' });
  if (room.isLocked && !known?.admittedAt && claims.role !== 'chair')
    throw new HubError('forbidden', { reason: 'locked' });
  if (room.people.length >= mostPeople && !isKept)
    throw new HubError('unavailable', { reason: 'full', most: mostPeople });
  const secret = isKept ? resumeSecret : randomBytes(32).toString('base64url');
  const { accountId, role, name, facilityName } = claims;
  const row = await store.takeSeat(
    db,
    { consultationId, seatId },
    { accountId, role, name, facilityName, secretHash: seatSecretHash(secret) },
    known?.colour ?? room.nextColour(),
  );
  if (room.endedAt) await store.changeRoom(db, consultationId, { endedAt: null });
  const routerRtpCapabilities = await room.streams.capabilities();
  const { peer, mediaKept } = room.seat(claims, row, line, isKept && keepsMedia);
  const isIn = room.isIn(peer);
  // After the answer: the browser does not know yet that its consumers are still there.
  if (mediaKept) setImmediate(() => peer.media?.tellAgain());
  if (isIn && peer.may('admit')) setImmediate(() => room.tellLobby());
  return {
    peer,
    answer: {
      admission: isIn ? 'in' : 'lobby',
      peerId: peer.id,
      resumeSecret: secret,
      routerRtpCapabilities: { ...routerRtpCapabilities },
      iceServers: iceServersFor({ config: deps.config, clock }, seatId),
      room: isIn ? room.snapshot(peer, afterSeq) : null,
      mediaKept,
    },
  };
}
