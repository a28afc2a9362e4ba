import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { consultationInScope, type FacilityScope } from '@lianzhen/db/scope.ts';

export const openOf = (tx: Tx, consultationId: string) =>
  tx.recording.findFirst({ where: { consultationId, state: 'recording' } });

/** The one that is open, or a new one: two nodes that both think they hold a room write one recording. */
export async function openOrAdd(tx: Tx, data: Prisma.RecordingUncheckedCreateInput) {
  const known = await openOf(tx, data.consultationId);
  return known ?? tx.recording.create({ data });
}

export async function addChunk(
  tx: Tx,
  recordingId: string,
  chunk: { blob: string; size: number },
  at: Date,
): Promise<void> {
  // The number is taken where it is written: another process may have written since.
  await tx.$executeRaw`
    INSERT INTO "RecordingChunk" ("recordingId", "number", "blob", "size")
    SELECT ${recordingId}::uuid, COALESCE(MAX("number") + 1, 0), ${chunk.blob}, ${chunk.size}
    FROM "RecordingChunk" WHERE "recordingId" = ${recordingId}::uuid`;
  await touch(tx, recordingId, at);
}

export const touch = (tx: Tx, id: string, at: Date) =>
  tx.recording.updateMany({ where: { id, state: 'recording' }, data: { aliveAt: at } });

/** @returns whether it was open until now */
export const end = async (tx: Tx, id: string, endedAt: Date): Promise<boolean> =>
  (await tx.recording.updateMany({ where: { id, state: 'recording' }, data: { state: 'composing', endedAt } })).count >
  0;

export const partiesOf = async (
  tx: Tx,
  consultationId: string,
): Promise<{ revision: number; facilityIds: string[] }> => {
  const found = await tx.consultation.findUniqueOrThrow({
    where: { id: consultationId },
    select: { revision: true, parties: { select: { facilityId: true } } },
  });
  return { revision: found.revision, facilityIds: found.parties.map(({ facilityId }) => facilityId) };
};

/** The latest first. */
export const listOf = (tx: Tx, consultationId: string) =>
  tx.recording.findMany({ where: { consultationId }, orderBy: { startedAt: 'desc' } });

export const entriesOf = (tx: Tx, consultationId: string) =>
  tx.roomEntry.findMany({
    where: {
      consultationId,
      kind: { in: ['joined', 'left', 'away', 'back', 'opened', 'marked', 'lead', 'chat', 'opinion', 'recording'] },
    },
    orderBy: { seq: 'asc' },
    take: 5000,
  });

export const studyNames = async (tx: Tx, uids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.study.findMany({
    where: { studyInstanceUid: { in: uids } },
    select: { studyInstanceUid: true, description: true },
  });
  return new Map(rows.map(({ studyInstanceUid, description }) => [studyInstanceUid, description ?? '']));
};

export const readyMedia = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.recording.findFirstOrThrow({
    where: { id, state: 'ready', consultation: consultationInScope(scope) },
    select: {
      id: true,
      blob: true,
      size: true,
      sha256: true,
      consultationId: true,
      consultation: { select: { patientId: true } },
    },
  });
