import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

const withCentres = { centres: { orderBy: { line: 'asc' } } } as const satisfies Prisma.FacilityInclude;
/** A city has some hundreds of townships and some thousands of villages. */
const mostFacilities = 10_000;

/** Facilities with their centres, by their ids. */
export const facilitiesById = (tx: Tx, ids: string[]) =>
  tx.facility.findMany({
    where: { id: { in: ids } },
    include: withCentres,
    orderBy: { code: 'asc' },
    take: mostFacilities,
  });
export type FacilityRow = Awaited<ReturnType<typeof facilitiesById>>[number];

/** Each facility in the scope and below it, with the one of the scope that it lies below; itself below itself. */
export const below = (tx: Tx, scope: FacilityScope, parentId?: string) =>
  tx.$queryRaw<Array<{ id: string; founderId: string }>>`
    WITH RECURSIVE below AS (
      SELECT "id", "id" AS "founderId" FROM "Facility" WHERE "id" = ANY(${scope.facilityIds}::uuid[])
      UNION SELECT f."id", b."founderId" FROM "Facility" f JOIN below b ON f."parentId" = b."id"
    ) SELECT "id", "founderId" FROM below
    ${parentId === undefined ? Prisma.empty : Prisma.sql`WHERE "id" = ${parentId}::uuid`} LIMIT ${mostFacilities}`;

export const hasCode = async (tx: Tx, code: string): Promise<boolean> =>
  (await tx.facility.count({ where: { code } })) > 0;
/** A facility and the hub's own inbox, where its results arrive whatever else it sets up. */
export const insertFacility = (tx: Tx, data: Prisma.FacilityUncheckedCreateInput, inboxName: string) =>
  tx.facility.create({
    data: { ...data, destinations: { create: { kind: 'inbox', name: inboxName } } },
    include: withCentres,
  });
/** The facility if it is in the scope. */
export const facility = (tx: Tx, scope: FacilityScope, id: string): Promise<FacilityRow> =>
  tx.facility.findFirstOrThrow({ where: { AND: [{ id }, { id: { in: scope.facilityIds } }] }, include: withCentres });

/** @returns false where somebody changed the facility, or a centre of it, meanwhile */
export async function writeFacility(
  tx: Tx,
  id: string,
  revision: number,
  data: Pick<Prisma.FacilityUncheckedUpdateInput, 'name' | 'nameEn' | 'phone'>,
): Promise<boolean> {
  const change = { ...data, revision: { increment: 1 } };
  return (await tx.facility.updateMany({ where: { id, revision }, data: change })).count === 1;
}

type CentreBody = { name: string; nameEn: string | null; signatures?: string | undefined };
export const insertCentre = (tx: Tx, facilityId: string, line: string, body: CentreBody) =>
  tx.centre.create({ data: { facilityId, line, ...body } });
export const writeCentre = (tx: Tx, facilityId: string, id: string, body: CentreBody) =>
  tx.centre.update({ where: { id, facilityId }, data: body });

export const insertDevice = (tx: Tx, data: Prisma.DeviceUncheckedCreateInput) => tx.device.create({ data });
export const device = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.device.findFirstOrThrow({ where: { id, facilityId: { in: scope.facilityIds } } });
export type DeviceRow = Awaited<ReturnType<typeof device>>;
/** @returns false where somebody changed the device meanwhile */
export async function writeDevice(
  tx: Tx,
  id: string,
  revision: number,
  data: Pick<Prisma.DeviceUncheckedUpdateInput, 'aeTitle' | 'name' | 'modality' | 'host' | 'port' | 'enabled'>,
): Promise<boolean> {
  const change = { ...data, revision: { increment: 1 } };
  return (await tx.device.updateMany({ where: { id, revision }, data: change })).count === 1;
}
