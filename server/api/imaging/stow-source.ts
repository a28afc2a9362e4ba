import { rolesMay } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Ctx, requireMachine, requirePerson } from '../context.ts';
import type { Source } from './arrival.ts';

/**
 * For whom an upload comes in: a machine's facility, or the one of a person's that he names or that is his only one.
 * @param facilityCode `?facility=`, for a person who may send for several
 * @throws `unauthenticated`, `forbidden`
 */
export function stowSource(ctx: Ctx, facilityCode: string | undefined): Source {
  if (ctx.actor.kind === 'machine') {
    return { facilityId: requireMachine(ctx, 'studies:send').facilityId, deviceId: null, door: 'stow-rs' };
  }
  const seats = requirePerson(ctx).seats.filter((seat) => rolesMay(seat.roles, 'study:send'));
  const seat = facilityCode === undefined ? seats[0] : seats.find(({ code }) => code === facilityCode);
  if (!seat) throw new HubError('forbidden', { action: 'study:send' });
  return { facilityId: seat.facilityId, deviceId: null, door: 'stow-rs' };
}
