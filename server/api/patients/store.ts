import type { Identifier } from '@lianzhen/contracts/patients.ts';
import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { nameGrams } from '@lianzhen/db/name-index.ts';
import { type FacilityScope, patientInScope } from '@lianzhen/db/scope.ts';

const whole = { identifiers: { orderBy: { createdAt: 'asc' } } } as const satisfies Prisma.PatientInclude;
export type PatientRow = Prisma.PatientGetPayload<{ include: typeof whole }>;

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<PatientRow> =>
  tx.patient.findFirstOrThrow({ where: { id, ...patientInScope(scope) }, include: whole });

export const insert = (tx: Tx, data: Prisma.PatientUncheckedCreateInput): Promise<PatientRow> =>
  tx.patient.create({ data, include: whole });

/** Rows are locked in the order of their ids, so that two merges at once cannot wait for each other. */
export async function lock(tx: Tx, ids: string[]): Promise<void> {
  for (const id of [...ids].sort()) await tx.$queryRaw`SELECT 1 FROM "Patient" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

/** A page of the patients in scope whose name, pinyin, initials or number fit, and how many there are in all. */
export async function search(tx: Tx, scope: FacilityScope, q: string, skip: number, take: number) {
  const found = q.trim() ? await findByText(tx, scope, q.trim(), skip, take) : await findLatest(tx, scope, skip, take);
  const rows = await readMany(tx, scope, found.ids);
  return { rows, total: found.total };
}

async function findLatest(tx: Tx, scope: FacilityScope, skip: number, take: number) {
  const where = { mergedIntoId: null, ...patientInScope(scope) };
  const select = { id: true } as const;
  const rows = await tx.patient.findMany({
    where,
    select,
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return { ids: rows.map((row) => row.id), total: await tx.patient.count({ where }) };
}

/**
 * Each way of finding somebody has an index of its own, and one query for each can use it: a single one with OR between
 * them walks over every patient.
 */
async function findByText(
  tx: Tx,
  scope: FacilityScope,
  text: string,
  skip: number,
  take: number,
): Promise<{ ids: string[]; total: number }> {
  const letters = text.toLowerCase().replace(/\s/g, '');
  const isSpelled = /^[a-z]+$/.test(letters);
  const isNumber = /^[a-z0-9]{4,}$/.test(letters);
  const rows = await tx.$queryRaw<Array<{ id: string; total: bigint }>>`
    WITH found AS (
      SELECT "id" FROM "Patient" WHERE name_grams("name") @> ${nameGrams(text)}::text[] AND "name" LIKE ${`%${likeText(text)}%`}
      UNION SELECT "id" FROM "Patient" WHERE ${isSpelled} AND "namePinyin" LIKE ${`${letters}%`}
      UNION SELECT "id" FROM "Patient" WHERE ${isSpelled} AND "nameInitials" LIKE ${`${letters}%`}
      UNION SELECT "patientId" FROM "PatientIdentifier" WHERE ${isNumber} AND "value" LIKE ${`${letters.toUpperCase()}%`}
    )
    SELECT p."id"::text, count(*) OVER () AS "total" FROM found JOIN "Patient" p ON p."id" = found."id"
    WHERE p."mergedIntoId" IS NULL AND EXISTS (
      SELECT 1 FROM "PatientFacility" f WHERE f."patientId" = p."id" AND f."facilityId" = ANY(${scope.facilityIds}::uuid[])
        AND (f."until" IS NULL OR f."until" > now()))
    ORDER BY p."name", p."id" OFFSET ${skip} LIMIT ${take}`;
  const [first] = rows;
  if (!first && skip > 0) return { ids: [], total: (await findByText(tx, scope, text, 0, 1)).total };
  return { ids: rows.map((row) => row.id), total: Number(first?.total ?? 0) };
}

/** The ids of those, in any facility, whose name has the text in it or is spelled as it begins; each way by its own index. */
export async function named(tx: Tx, text: string, take: number): Promise<string[]> {
  const letters = text.toLowerCase().replace(/\s/g, '');
  const isSpelled = /^[a-z]+$/.test(letters);
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT "id"::text FROM (
      (SELECT "id" FROM "Patient" WHERE name_grams("name") @> ${nameGrams(text)}::text[] AND "name" LIKE ${`%${likeText(text)}%`} LIMIT ${take})
      UNION (SELECT "id" FROM "Patient" WHERE ${isSpelled} AND "namePinyin" LIKE ${`${letters}%`} LIMIT ${take})
      UNION (SELECT "id" FROM "Patient" WHERE ${isSpelled} AND "nameInitials" LIKE ${`${letters}%`} LIMIT ${take})
    ) AS found LIMIT ${take}`;
  return rows.map((row) => row.id);
}

/** In the order of the ids that are given. */
export async function readMany(tx: Tx, scope: FacilityScope, ids: string[]): Promise<PatientRow[]> {
  const rows = await tx.patient.findMany({ where: { id: { in: ids }, ...patientInScope(scope) }, include: whole });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Whoever has one of these numbers, in any facility: identity is the region's, not a facility's. */
export const holdersOf = (tx: Tx, identifiers: readonly Identifier[]): Promise<PatientRow[]> =>
  tx.patient.findMany({ where: { identifiers: { some: { OR: [...identifiers] } } }, include: whole });

/** A care relation that there is already stays as it was; one that had ended begins again. */
export const relate = (tx: Tx, patientId: string, facilityIds: readonly string[], reason: string) => tx.$executeRaw`
  INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
  SELECT ${patientId}::uuid, "id", ${reason} FROM "Facility" WHERE "id" = ANY(${[...facilityIds]}::uuid[])
  ON CONFLICT ("patientId", "facilityId") DO UPDATE SET "reason" = EXCLUDED."reason", "since" = now(), "until" = NULL
  WHERE "PatientFacility"."until" <= now()`;

/** The clinic that keeps a contract, if there is such a clinic. */
export const village = (tx: Tx, id: string) =>
  tx.facility.findFirst({ where: { id, level: 'village' }, select: { id: true } });

export const patientNames = async (tx: Tx, ids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.patient.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
};
export const facilityNames = async (tx: Tx, ids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.facility.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
};

/** Of an undecided pair d: both sides are in scope and neither was merged meanwhile. */
const isOpenIn = ({ facilityIds }: FacilityScope) => Prisma.sql`d."state" = 'open' AND (
  SELECT count(*) FROM "Patient" p WHERE p."id" IN (d."firstId", d."secondId") AND p."mergedIntoId" IS NULL AND EXISTS (
    SELECT 1 FROM "PatientFacility" f WHERE f."patientId" = p."id" AND f."facilityId" = ANY(${facilityIds}::uuid[])
      AND (f."until" IS NULL OR f."until" > now()))) = 2`;
/** Which of these patients are in a pair that openProposals would show. */
export const openProposalsFor = async (tx: Tx, scope: FacilityScope, ids: string[]): Promise<Set<string>> => {
  const rows = await tx.$queryRaw<Array<{ firstId: string; secondId: string }>>`
    SELECT d."firstId"::text, d."secondId"::text FROM "DuplicateProposal" d
    WHERE (d."firstId" = ANY(${ids}::uuid[]) OR d."secondId" = ANY(${ids}::uuid[])) AND ${isOpenIn(scope)}`;
  return new Set(rows.flatMap((row) => [row.firstId, row.secondId]));
};
/** The likeliest first. */
export const openProposals = async (tx: Tx, scope: FacilityScope) => {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT d."id"::text FROM "DuplicateProposal" d WHERE ${isOpenIn(scope)}
    ORDER BY d."score" DESC, d."id" LIMIT 200`;
  const ids = rows.map((row) => row.id);
  return tx.duplicateProposal.findMany({ where: { id: { in: ids } }, orderBy: [{ score: 'desc' }, { id: 'asc' }] });
};
export const decideProposal = (tx: Tx, id: string, data: Prisma.DuplicateProposalUncheckedUpdateInput) =>
  tx.duplicateProposal.updateMany({ where: { id, state: 'open' }, data });
export const mergesOf = (tx: Tx, patientId: string) =>
  tx.patientMerge.findMany({ where: { survivorId: patientId }, orderBy: { mergedAt: 'desc' } });
export const facilitiesOf = async (tx: Tx, patientId: string): Promise<string[]> =>
  (await tx.patientFacility.findMany({ where: { patientId }, select: { facilityId: true } })).map(
    (row) => row.facilityId,
  );
