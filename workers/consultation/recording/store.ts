import type { RecordedTile } from '@lianzhen/contracts/recording.ts';
import type { Tx } from '@lianzhen/db/client.ts';

export const read = (tx: Tx, id: string) => tx.recording.findUnique({ where: { id } });
export const chunks = (tx: Tx, recordingId: string) =>
  tx.recordingChunk.findMany({ where: { recordingId }, orderBy: { number: 'asc' } });
export const forgetChunk = (tx: Tx, recordingId: string, number: number) =>
  tx.recordingChunk.deleteMany({ where: { recordingId, number } });

/** Says that somebody works at it. */
export const touch = (tx: Tx, id: string, at: Date) =>
  tx.recording.updateMany({ where: { id, state: 'composing' }, data: { aliveAt: at } });

export interface ReadyFile {
  blob: string;
  sha256: string;
  size: number;
  durationMs: number;
  tiles: RecordedTile[];
  keepUntil: Date;
}
/** @returns whether it was this worker's file that was taken */
export const finish = async (tx: Tx, id: string, file: ReadyFile): Promise<boolean> =>
  (
    await tx.recording.updateMany({
      where: { id, state: 'composing' },
      data: { state: 'ready', failure: null, ...file },
    })
  ).count > 0;
export const fail = (tx: Tx, id: string, failure: string, keepUntil: Date) =>
  tx.recording.updateMany({ where: { id, state: 'composing' }, data: { state: 'failed', failure, keepUntil } });

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

const few = 20;
/** Taken by one sweeper at a time. */
export const abandoned = (tx: Tx, before: Date) => tx.$queryRaw<{ id: string; aliveAt: Date }[]>`
  SELECT "id", "aliveAt" FROM "Recording" WHERE "state" = 'recording' AND "aliveAt" < ${before}
  ORDER BY "aliveAt" LIMIT ${few} FOR UPDATE SKIP LOCKED`;
export const unfinished = (tx: Tx, before: Date) => tx.$queryRaw<{ id: string }[]>`
  SELECT "id" FROM "Recording" WHERE "state" = 'composing' AND "aliveAt" < ${before}
  ORDER BY "aliveAt" LIMIT ${few} FOR UPDATE SKIP LOCKED`;
export const end = (tx: Tx, id: string, endedAt: Date, now: Date) =>
  tx.recording.updateMany({
    where: { id, state: 'recording' },
    data: { state: 'composing', endedAt, aliveAt: now },
  });

export const outlived = (tx: Tx, now: Date) =>
  tx.recording.findMany({ where: { state: { in: ['ready', 'failed'] }, keepUntil: { lt: now } }, take: few });
export const remove = (tx: Tx, id: string) =>
  tx.recording.updateMany({ where: { id }, data: { state: 'removed', blob: null, sha256: null, size: null } });
/** Chunks of which a file was made, or that nobody may play any longer. */
export const spentChunks = (tx: Tx) =>
  tx.recordingChunk.findMany({ where: { recording: { state: { in: ['ready', 'removed'] } } }, take: 500 });
