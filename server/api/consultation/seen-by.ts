import type { Prisma } from '@lianzhen/db/client.ts';
import { consultationInScope, type FacilityScope, orderInScope, othersOf } from '@lianzhen/db/scope.ts';

const open = () => ({ OR: [{ until: null }, { until: { gt: new Date() } }] });

/**
 * Whose consultation it is to see: everybody's of the facilities with a part in it, but a reader's only where he reads what is
 * attached, where his house was invited, or where he asked. Who reads a house's specimens has no part in its images
 * (domain.md rule 41).
 */
export function consultationSeen(scope: FacilityScope): Prisma.ConsultationWhereInput {
  const { readerAt, accountId = '' } = scope;
  const ofFacility = consultationInScope(scope);
  if (readerAt.length === 0) return ofFacility;
  const own = { in: [...readerAt] };
  const asReader: Prisma.ConsultationWhereInput[] = [
    { requesterId: accountId },
    { invitations: { some: { facilityId: own } } },
    { orders: { none: {} } },
    { orders: { some: { order: orderInScope(scope) } } },
  ];
  const asOther = { parties: { some: { facilityId: { in: othersOf(scope) }, ...open() } } };
  return { AND: [ofFacility, { OR: [asOther, ...asReader] }] };
}
