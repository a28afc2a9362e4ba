import type { Identifier } from '@lianzhen/contracts/patients.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, patientInScope } from '@lianzhen/db/scope.ts';

const whole = { identifiers: { orderBy: { createdAt: 'asc' } } } as const satisfies Prisma.PatientInclude;
export type PatientRow = Prisma.PatientGetPayload<{ include: typeof whole }>;

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<PatientRow> =>
  tx.patient.findFirstOrThrow({ where: { id, ...patientInScope(scope) }, include: whole });

/** Rows are locked in the order of their ids, so that two merges at once cannot wait for each other. */
export async function lock(tx: Tx, ids: string[]): Promise<void> {
  for (const id of [...ids].sort()) await tx.$queryRaw`SELECT 1 FROM "Patient" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

export const search = (tx: Tx, scope: FacilityScope, q: string, skip: number, take: number) => {
  const where = matching(scope, q);
  const order: Prisma.PatientOrderByWithRelationInput[] = q
    ? [{ name: 'asc' }, { id: 'asc' }]
    : [{ updatedAt: 'desc' }];
  return Promise.all([
    tx.patient.findMany({ where, include: whole, orderBy: order, skip, take }),
    tx.patient.count({ where }),
  ]);
};

/** By name, pinyin, initials, or the beginning of a number. */
function matching(scope: FacilityScope, q: string): Prisma.PatientWhereInput {
  const text = q.trim();
  const letters = text.toLowerCase().replace(/\s/g, '');
  const any: Prisma.PatientWhereInput[] = [{ name: { contains: text } }];
  if (/^[a-z]+$/.test(letters))
    any.push({ namePinyin: { startsWith: letters } }, { nameInitials: { startsWith: letters } });
  if (/^[a-z0-9]{4,}$/i.test(letters))
    any.push({ identifiers: { some: { value: { startsWith: letters.toUpperCase() } } } });
  return { mergedIntoId: null, ...patientInScope(scope), ...(text ? { AND: [{ OR: any }] } : {}) };
}

/** Whoever has one of these numbers, in any facility: identity is the region's, not a facility's. */
export const holdersOf = (tx: Tx, identifiers: readonly Identifier[]): Promise<PatientRow[]> =>
  tx.patient.findMany({ where: { identifiers: { some: { OR: [...identifiers] } } }, include: whole });

export const relate = (tx: Tx, patientId: string, facilityIds: readonly string[], reason: string) =>
  tx.patientFacility.createMany({
    data: facilityIds.map((facilityId) => ({ patientId, facilityId, reason })),
    skipDuplicates: true,
  });

export const facilityNames = async (tx: Tx, ids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.facility.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
};
export const openProposalsFor = async (tx: Tx, ids: string[]): Promise<Set<string>> => {
  const rows = await tx.duplicateProposal.findMany({
    where: { state: 'open', OR: [{ firstId: { in: ids } }, { secondId: { in: ids } }] },
    select: { firstId: true, secondId: true },
  });
  return new Set(rows.flatMap((row) => [row.firstId, row.secondId]));
};
export const openProposals = (tx: Tx) =>
  tx.duplicateProposal.findMany({ where: { state: 'open' }, orderBy: { score: 'desc' }, take: 200 });
export const mergesOf = (tx: Tx, patientId: string) =>
  tx.patientMerge.findMany({ where: { survivorId: patientId }, orderBy: { mergedAt: 'desc' } });
export const facilitiesOf = async (tx: Tx, patientId: string): Promise<string[]> =>
  (await tx.patientFacility.findMany({ where: { patientId }, select: { facilityId: true } })).map(
    (row) => row.facilityId,
  );
