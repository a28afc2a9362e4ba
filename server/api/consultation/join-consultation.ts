import type { JoinAnswer } from '@lianzhen/contracts/consultation.ts';
import { isSessionOver, opensLater } from '@lianzhen/contracts/consultation-states.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { roomSocketPath, type SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { iceServersFor } from './ice-servers.ts';
import { joinTokenSeconds, signJoinToken } from './join-token.ts';
import { chooseNode } from './media-nodes.ts';
import { comesIn, requireAct, standingOf } from './standing.ts';
import * as store from './store.ts';

export type JoinDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'redis'>;

/**
 * Opens the room for one person: who he is in it comes from how he stands to the consultation, never from what he says.
 * @throws `forbidden` before an expert has accepted his invitation, `wrong-state` with `opensAt` before the hour,
 * `consent-missing`, `unavailable` where no media node lives
 */
export async function joinConsultation(deps: JoinDeps, ctx: Ctx, input: { id: string }): Promise<JoinAnswer> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  const found = await deps.db.transaction(async (tx) => {
    const one = await store.read(tx, scope, input.id);
    const standing = requireAct(one, person, 'join');
    if (!comesIn(one, person)) throw new HubError('forbidden', { act: 'join', standing });
    requireOpenRoom(one, deps.clock.now());
    if (!(await store.hasConsent(tx, one.id))) throw new HubError('consent-missing', { field: 'consent' });
    return one;
  });
  const seat = seatOf(found, person);
  const answer = await openDoor(deps, found.id, { ...seat, accountId: person.accountId, seatId: person.accountId });
  await deps.db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOf(ctx, seat.facilityId),
      action: 'consultation.doorOpened',
      patientId: found.patientId,
      ...{ objectType: 'consultation', objectId: found.id, detail: { role: seat.role } },
    }),
  );
  return answer;
}

/** @throws `wrong-state` before the room is open, and after the session of a signed opinion is over */
export function requireOpenRoom(found: store.ConsultationFound, now: Date): void {
  const opensAt = opensLater(found, now);
  if (opensAt) throw new HubError('wrong-state', { state: found.state, opensAt: opensAt.toISOString() });
  if (isSessionOver(found)) throw new HubError('wrong-state', { state: 'ended' });
}

interface Seat {
  accountId: string | null;
  seatId: string;
  role: SeatRole;
  name: string;
  facilityName: string;
}

/** The token for one seat, and where to go with it. */
export async function openDoor(deps: JoinDeps, consultationId: string, seat: Seat): Promise<JoinAnswer> {
  const { accountId, seatId, role, name, facilityName } = seat;
  const nodeId = await chooseNode(deps, consultationId);
  const claims = { consultationId, nodeId, accountId, seatId, role };
  const token = await signJoinToken(deps, { ...claims, name: short(name), facilityName: short(facilityName) });
  return {
    ...{ token, consultationId, seatId, role },
    socketPath: roomSocketPath(nodeId),
    expiresAt: new Date(deps.clock.now().getTime() + joinTokenSeconds * 1000).toISOString(),
    iceServers: iceServersFor(deps, seatId),
  };
}
const short = (text: string): string => [...text].slice(0, 80).join('').slice(0, 80);

function seatOf(found: store.ConsultationFound, person: Person) {
  const here = new Set(found.parties.filter(({ until }) => until === null).map(({ facilityId }) => facilityId));
  const seat = person.seats.find(({ facilityId }) => here.has(facilityId));
  const standing = standingOf(found, person);
  const expert: SeatRole = found.chairId === person.accountId ? 'chair' : 'expert';
  const roles = {
    expert,
    requester: 'requester',
    linked: 'requester',
    observer: 'observer',
    invited: 'observer',
  } as const;
  return {
    role: roles[standing],
    name: person.displayName,
    facilityId: seat?.facilityId ?? '',
    facilityName: seat?.name ?? '',
  };
}
