import type { Identifier } from '@lianzhen/contracts/patients.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, patientInScope } from '@lianzhen/db/scope.ts';
import { takeTurn } from '@lianzhen/db/take-turn.ts';

/** Whoever sends the same number at the same moment waits here until the first is done. */
export const lockPlacer = (tx: Tx, facilityId: string, placerNumber: string) =>
  takeTurn(tx, `placer ${facilityId} ${placerNumber}`);

export const byPlacer = (tx: Tx, scope: FacilityScope, placerNumber: string) =>
  tx.order.findFirst({
    where: { placerNumber, requestingFacilityId: { in: scope.facilityIds } },
    select: { id: true, patientId: true, placerDigest: true },
  });

const known = { id: true, name: true, sex: true, birthDate: true } as const;
/** Whoever has one of these numbers, in any facility: identity is the region's, not a facility's. */
export const holders = (tx: Tx, identifiers: readonly Identifier[]) =>
  tx.patient.findMany({ where: { identifiers: { some: { OR: [...identifiers] } } }, select: known, take: 20 });
export type Holder = Awaited<ReturnType<typeof holders>>[number];

export const patientsInScope = async (tx: Tx, scope: FacilityScope, ids: string[]): Promise<Set<string>> => {
  const rows = await tx.patient.findMany({
    where: { id: { in: ids }, ...patientInScope(scope) },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
};
/** A care relation that there is stays as it was; one that had ended begins again. */
export const relateTo = (tx: Tx, patientId: string, facilityId: string) => tx.$executeRaw`
  INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
  VALUES (${patientId}::uuid, ${facilityId}::uuid, 'registered')
  ON CONFLICT ("patientId", "facilityId") DO UPDATE SET "reason" = EXCLUDED."reason", "since" = now(), "until" = NULL
  WHERE "PatientFacility"."until" <= now()`;

export const facilityCodes = async (tx: Tx, codes: string[]): Promise<Set<string>> => {
  const rows = await tx.facility.findMany({ where: { code: { in: codes } }, select: { code: true } });
  return new Set(rows.map(({ code }) => code));
};
export const centresOf = (tx: Tx, line: string, facilityCode?: string) =>
  tx.centre.findMany({
    where: { line, facility: { code: facilityCode } },
    select: { id: true, facility: { select: { id: true, code: true } } },
    take: 200,
  });

export const numbersOf = (tx: Tx, orderId: string) =>
  tx.order.findUniqueOrThrow({
    where: { id: orderId },
    select: {
      number: true,
      placerNumber: true,
      exams: {
        orderBy: { accessionNumber: 'asc' },
        select: { id: true, accessionNumber: true, examCode: true, examName: true },
      },
    },
  });
export type OrderNumbers = Awaited<ReturnType<typeof numbersOf>>;
