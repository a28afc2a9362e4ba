import { rolesMay } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { isSenior } from '@lianzhen/contracts/identity.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';

/** Whether this person's signature would count as a reviewer's at this facility. */
export const isReviewer = (ctx: Ctx, facilityId: string): boolean => {
  const { seats, title } = requirePerson(ctx);
  const roles = seats.filter((seat) => seat.facilityId === facilityId).flatMap((seat) => seat.roles);
  return isSenior(title) && rolesMay(roles, 'report:review');
};

/**
 * Four eyes: whoever reviews is not the writer, is 主治 or above, and may review at this facility.
 * @throws `same-person`, `not-senior`, `forbidden`
 */
export function requireReviewer(ctx: Ctx, writerId: string | null, facilityId?: string): void {
  const { accountId, title } = requirePerson(ctx);
  if (writerId === accountId) throw new HubError('same-person');
  if (!isSenior(title)) throw new HubError('not-senior', { title });
  requireAccess(ctx, 'report:review', facilityId);
}
