import { randomUUID } from 'node:crypto';
import type { MachineScope, Role } from '@lianzhen/contracts/access.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import type { Actor, Ctx, Person, SeatOf } from '../../server/api/context.ts';

export interface GivenFacility {
  id: string;
  code: string;
  name: string;
  level: string;
}
export interface GivenAccount extends Person {
  kind: 'person';
}

const log = createLog('test', 'silent');

/** How the edge would describe this caller. The cookie goes nowhere. */
export function ctxFor(actor: Actor, language: 'zh' | 'en' = 'zh'): Ctx {
  return {
    actor,
    requestId: randomUUID(),
    address: '127.0.0.1',
    userAgent: 'tests',
    language,
    log,
    setSessionCookie: () => undefined,
  };
}

export const nobody: Actor = { kind: 'nobody' };

/** A machine with a token of this facility. */
export const machineOf = (facility: GivenFacility, scopes: MachineScope[]): Actor => ({
  kind: 'machine',
  tokenId: randomUUID(),
  name: `machine of ${facility.code}`,
  facilityId: facility.id,
  scopes,
});

export const seatAt = (facility: GivenFacility, roles: Role[], covers: string[] = [facility.id]): SeatOf => ({
  facilityId: facility.id,
  code: facility.code,
  name: facility.name,
  level: facility.level,
  roles,
  covers,
});

/** Time that stands still until a test moves it. */
export function movableClock(start = '2026-11-22T02:00:00.000Z'): Clock & { advance(seconds: number): void } {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}
