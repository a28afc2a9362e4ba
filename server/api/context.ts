import type { Action, MachineScope, Role } from '@lianzhen/contracts/access.ts';
import { readingRoles, rolesMay } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { AuditFact } from '@lianzhen/db/audit.ts';
import { type FacilityScope, scopeOfFacilities, scopeOfPerson } from '@lianzhen/db/scope.ts';
import type { Log } from '@lianzhen/platform/log.ts';

/** Where a person sits: a facility and the roles there. `covers` is wider for a commission, which oversees a region. */
export interface SeatOf {
  facilityId: string;
  code: string;
  name: string;
  level: string;
  roles: Role[];
  covers: string[];
}
export interface Person {
  kind: 'person';
  accountId: string;
  username: string;
  displayName: string;
  title: string | null;
  licenceNumber: string | null;
  seats: SeatOf[];
  sessionHash: string;
}
export interface Machine {
  kind: 'machine';
  tokenId: string;
  name: string;
  facilityId: string;
  scopes: MachineScope[];
}
/** A DIMSE caller, known by its AE title. */
export interface DeviceActor {
  kind: 'device';
  deviceId: string;
  name: string;
  facilityId: string;
}
export interface Nobody {
  kind: 'nobody';
}
export type Actor = Person | Machine | DeviceActor | Nobody;

/** Who asks, from where, and how to answer. Made at the edge, passed to every use case. */
export interface Ctx {
  actor: Actor;
  requestId: string;
  address: string | null;
  userAgent: string | null;
  language: 'zh' | 'en';
  log: Log;
  /** Sets or, with undefined, ends the session cookie. */
  setSessionCookie(token: string | undefined, expiresAt?: Date): void;
}

/** @throws `unauthenticated` unless a person is logged in. */
export function requirePerson(ctx: Ctx): Person {
  if (ctx.actor.kind !== 'person') throw new HubError('unauthenticated');
  return ctx.actor;
}

/**
 * The first line of a use case that a person calls.
 * @param facilityId where the act takes place; without it, anywhere the person may do this
 * @returns the facilities in which this person may do it, and in which of them only for the centres that he reads for
 * @throws `unauthenticated`, or `forbidden` where no seat allows the action
 */
export function requireAccess(ctx: Ctx, action: Action, facilityId?: string): FacilityScope {
  const person = requirePerson(ctx);
  const facilityIds = person.seats.flatMap((seat) => placesOf(seat, action));
  if (facilityIds.length === 0) throw new HubError('forbidden', { action });
  if (facilityId !== undefined && !facilityIds.includes(facilityId)) throw new HubError('forbidden', { action });
  const asked = facilityId === undefined ? facilityIds : [facilityId];
  const others = person.seats.flatMap((seat) => placesOf({ ...seat, roles: seat.roles.filter(isNoReader) }, action));
  return scopeOfPerson(
    person.accountId,
    asked,
    asked.filter((id) => !others.includes(id)),
  );
}

/** A reader's role is bound to his centres; every other one is good for the whole facility. */
const isNoReader = (role: Role): boolean => !readingRoles.includes(role);
const overseeing: readonly Role[] = ['regulator', 'auditor', 'facility-admin'];

/** A commission watches over its region and runs it; who treats patients there treats those of his own house. */
function placesOf({ roles, covers, facilityId }: SeatOf, action: Action): string[] {
  const oversees = roles.filter((role) => overseeing.includes(role));
  if (rolesMay(oversees, action)) return covers;
  return rolesMay(roles, action) ? [facilityId] : [];
}

/** @throws `unauthenticated`, or `forbidden` where the token's scopes do not hold this one. */
export function requireMachine(ctx: Ctx, scope: MachineScope): { facilityId: string; scope: FacilityScope } {
  if (ctx.actor.kind !== 'machine') throw new HubError(ctx.actor.kind === 'nobody' ? 'unauthenticated' : 'forbidden');
  if (!ctx.actor.scopes.includes(scope)) throw new HubError('forbidden', { scope });
  return { facilityId: ctx.actor.facilityId, scope: scopeOfFacilities([ctx.actor.facilityId]) };
}

/** The actor's part of an audit fact. A person's facility is the given one, else where he has his first seat. */
export function auditOf(
  ctx: Ctx,
  facilityId?: string,
): Pick<AuditFact, 'actorId' | 'actorName' | 'facilityId' | 'role' | 'address' | 'requestId'> {
  const { actor, address, requestId } = ctx;
  if (actor.kind === 'nobody') return { address, requestId };
  if (actor.kind !== 'person') {
    const actorId = actor.kind === 'machine' ? actor.tokenId : actor.deviceId;
    return { actorId, actorName: actor.name, facilityId: actor.facilityId, role: actor.kind, address, requestId };
  }
  const seat = actor.seats.find((one) => one.facilityId === facilityId) ?? actor.seats[0];
  return {
    actorId: actor.accountId,
    actorName: actor.displayName,
    facilityId: facilityId ?? seat?.facilityId ?? null,
    role: seat?.roles.join(' ') ?? null,
    address,
    requestId,
  };
}
