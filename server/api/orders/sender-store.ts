import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

export const senders = (tx: Tx, scope: FacilityScope) =>
  tx.hl7Sender.findMany({
    where: { facilityId: { in: scope.facilityIds } },
    orderBy: [{ sendingFacility: 'asc' }, { application: 'asc' }],
    take: 500,
  });
export const insertSender = (tx: Tx, data: Prisma.Hl7SenderUncheckedCreateInput) => tx.hl7Sender.create({ data });
export const removeSender = async (tx: Tx, scope: FacilityScope, id: string) => {
  const row = await tx.hl7Sender.findFirstOrThrow({ where: { id, facilityId: { in: scope.facilityIds } } });
  await tx.hl7Sender.delete({ where: { id } });
  return row;
};

export const senderNamed = (tx: Tx, application: string, sendingFacility: string) =>
  tx.hl7Sender.findUnique({ where: { application_sendingFacility: { application, sendingFacility } } });
export const markSeen = (tx: Tx, id: string, now: Date) =>
  tx.hl7Sender.updateMany({ where: { id }, data: { lastSeenAt: now } });

/**
 * Takes a control id of a sender for this transaction; who comes second waits here until the first is done.
 * @returns the receipt that there is already
 */
export const claimReceipt = async (
  tx: Tx,
  receipt: { senderId: string; controlId: string; digest: string; at: Date },
): Promise<{ digest: string; answer: Prisma.JsonValue; at: Date } | null> => {
  const { senderId, controlId, digest, at } = receipt;
  const claimed = await tx.$executeRaw`
    INSERT INTO "Hl7Receipt" ("senderId", "controlId", "digest", "answer", "at")
    VALUES (${senderId}::uuid, ${controlId}, ${digest}, '{}', ${at}) ON CONFLICT DO NOTHING`;
  if (claimed === 1) return null;
  return tx.hl7Receipt.findUnique({ where: { senderId_controlId: { senderId, controlId } } });
};
export const writeAnswer = (tx: Tx, senderId: string, controlId: string, answer: Prisma.InputJsonObject) =>
  tx.hl7Receipt.update({ where: { senderId_controlId: { senderId, controlId } }, data: { answer } });
