import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

const withFacility = { facility: { select: { id: true, code: true, name: true } } } as const;
export type SiteCheckRow = Prisma.SiteCheckGetPayload<{ include: typeof withFacility }>;

export const add = (tx: Tx, data: Prisma.SiteCheckUncheckedCreateInput): Promise<SiteCheckRow> =>
  tx.siteCheck.create({ data, include: withFacility });

/** Of one's own facilities, and of what lies below those that one runs: townships of a county, their villages. */
const visible = (own: FacilityScope, run: FacilityScope): Prisma.SiteCheckWhereInput => {
  const above = { in: run.facilityIds };
  return {
    OR: [
      { facilityId: { in: own.facilityIds } },
      { facility: { parentId: above } },
      { facility: { parent: { parentId: above } } },
    ],
  };
};

export const read = (tx: Tx, own: FacilityScope, run: FacilityScope, id: string): Promise<SiteCheckRow> =>
  tx.siteCheck.findFirstOrThrow({ where: { id, ...visible(own, run) }, include: withFacility });

export async function list(
  tx: Tx,
  own: FacilityScope,
  run: FacilityScope,
  page: { page: number; pageSize: number; facilityId?: string | undefined },
): Promise<{ rows: SiteCheckRow[]; total: number }> {
  const where: Prisma.SiteCheckWhereInput = {
    AND: [visible(own, run), ...(page.facilityId ? [{ facilityId: page.facilityId }] : [])],
  };
  const total = await tx.siteCheck.count({ where });
  const rows = await tx.siteCheck.findMany({
    where,
    include: withFacility,
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip: (page.page - 1) * page.pageSize,
    take: page.pageSize,
  });
  return { rows, total };
}
