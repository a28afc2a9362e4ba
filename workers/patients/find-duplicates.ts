import { compareIdentities, proposalScore } from '@lianzhen/contracts/duplicate-rules.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { WorkerDeps } from '../deps.ts';

const candidates = 200;

/**
 * Compares one patient with those who share his pinyin, phone or birth date, and proposes the pairs that a person should
 * look at. A pair that was decided once is not proposed again.
 */
export async function handleFindDuplicates({ db }: WorkerDeps, { patientId }: { patientId: string }): Promise<void> {
  const own = await read(db, { id: patientId, mergedIntoId: null }).then((rows) => rows[0]);
  if (!own) return;
  const alike: Prisma.PatientWhereInput[] = [{ namePinyin: own.namePinyin }];
  if (own.birthDate) alike.push({ birthDate: own.birthDate, nameInitials: own.nameInitials });
  if (own.phone) alike.push({ phone: own.phone });
  const others = await read(db, { id: { not: own.id }, mergedIntoId: null, OR: alike });
  for (const other of others) {
    const [first, second] = own.id < other.id ? [own, other] : [other, own];
    const { score, evidence } = compareIdentities(comparable(first), comparable(second));
    if (score < proposalScore) continue;
    await db.duplicateProposal.createMany({
      data: [{ firstId: first.id, secondId: second.id, score, evidence }],
      skipDuplicates: true,
    });
  }
}

const read = (tx: Tx, where: Prisma.PatientWhereInput) =>
  tx.patient.findMany({ where, include: { identifiers: true }, take: candidates });
type Row = Awaited<ReturnType<typeof read>>[number];
const comparable = (row: Row) => ({ ...row, birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null });
