import type { Prisma, Tx } from '@lianzhen/db/client.ts';

const patient = { select: { id: true, name: true, sex: true, birthDate: true } } as const;

/** Exams of an order that this facility asked for, with what the recording is made out to. */
export const examsOf = (tx: Tx, facilityId: string, named: { orderId?: string; orderExamId?: string }) =>
  tx.orderExam.findMany({
    where: {
      ...(named.orderId ? { orderId: named.orderId } : {}),
      ...(named.orderExamId ? { id: named.orderExamId } : {}),
      order: { requestingFacilityId: facilityId },
    },
    orderBy: { accessionNumber: 'asc' },
    select: {
      ...{ id: true, orderId: true, accessionNumber: true, studyInstanceUid: true, state: true },
      order: { select: { line: true, state: true, patient } },
    },
  });
export type NamedExam = Awaited<ReturnType<typeof examsOf>>[number];

/** A trace of these bytes from this facility, if there is one, with what its study has become. */
export async function sameBytes(tx: Tx, facilityId: string, originalSha256: string) {
  const where = { facilityId_originalSha256: { facilityId, originalSha256 } };
  return tx.ecgTrace.findUnique({ where });
}
export type TraceRow = NonNullable<Awaited<ReturnType<typeof sameBytes>>>;

export const studyOf = (tx: Tx, studyInstanceUid: string) =>
  tx.study.findUnique({
    where: { studyInstanceUid },
    select: { id: true, facilityId: true, state: true, revision: true, orderExamId: true },
  });

/** The study that a stored instance names: one that was made before may have been made out to another. */
export const studyOfInstance = async (tx: Tx, sopInstanceUid: string): Promise<string> =>
  (await tx.instance.findUniqueOrThrow({ where: { sopInstanceUid }, select: { studyInstanceUid: true } }))
    .studyInstanceUid;

/** The trace of an instance, made where there is none yet, locked until the transaction ends. */
export async function lockTrace(
  tx: Tx,
  data: Prisma.EcgTraceCreateManyInput,
): Promise<{ row: TraceRow; isNew: boolean }> {
  const { count } = await tx.ecgTrace.createMany({ data: [data], skipDuplicates: true });
  await tx.$queryRaw`SELECT 1 FROM "EcgTrace" WHERE "sopInstanceUid" = ${data.sopInstanceUid} FOR UPDATE`;
  const row = await tx.ecgTrace.findUniqueOrThrow({ where: { sopInstanceUid: data.sopInstanceUid } });
  return { row, isNew: count === 1 };
}

export const change = (tx: Tx, id: string, data: Prisma.EcgTraceUncheckedUpdateInput) =>
  tx.ecgTrace.update({ where: { id }, data: { ...data, revision: { increment: 1 } } });

/** A trace of one's own facility, and what repeats it. */
export const ownTrace = (tx: Tx, facilityId: string, id: string) =>
  tx.ecgTrace.findFirst({
    where: { id, facilityId },
    include: { replacedBy: { select: { id: true, sopInstanceUid: true } } },
  });

export async function lockById(tx: Tx, id: string): Promise<TraceRow[]> {
  await tx.$queryRaw`SELECT 1 FROM "EcgTrace" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.ecgTrace.findMany({ where: { id } });
}
