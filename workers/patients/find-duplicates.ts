import { compareIdentities, proposalScore } from '@lianzhen/contracts/duplicate-rules.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { WorkerDeps } from '../deps.ts';

/** Of each way of being alike; thousands share a common name, and they must not push out who shares the telephone. */
const candidates = 1000;

/**
 * Compares one patient with those who share his pinyin, phone or birth date, and proposes the pairs that a person should
 * look at. A pair that was decided once is not proposed again.
 */
export async function handleFindDuplicates(
  { db }: Pick<WorkerDeps, 'db'>,
  { patientId }: { patientId: string },
): Promise<void> {
  const [own] = await read(db, { id: patientId });
  if (!own) return;
  const { namePinyin, nameInitials, birthDate, phone } = own;
  const alike: Prisma.PatientWhereInput[] = [
    ...(namePinyin ? [{ namePinyin }] : []),
    ...(birthDate ? [{ birthDate, nameInitials }] : []),
    ...(phone ? [{ phone }] : []),
  ];
  const others = new Map<string, Row>();
  for (const where of alike)
    for (const row of await read(db, { ...where, id: { not: own.id } })) others.set(row.id, row);
  const proposals = [...others.values()].flatMap((other) => {
    const [first, second] = own.id < other.id ? [own, other] : [other, own];
    const { score, evidence } = compareIdentities(comparable(first), comparable(second));
    return score < proposalScore ? [] : [{ firstId: first.id, secondId: second.id, score, evidence }];
  });
  await db.duplicateProposal.createMany({ data: proposals, skipDuplicates: true });
}

const read = (tx: Tx, where: Prisma.PatientWhereInput) =>
  tx.patient.findMany({
    where: { ...where, mergedIntoId: null },
    include: { identifiers: true },
    orderBy: { id: 'desc' },
    take: candidates,
  });
type Row = Awaited<ReturnType<typeof read>>[number];
const comparable = (row: Row) => ({ ...row, birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null });
