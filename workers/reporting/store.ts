import type { Tx } from '@lianzhen/db/client.ts';

export const readVersion = (tx: Tx, id: string) =>
  tx.reportVersion.findUnique({
    where: { id },
    include: {
      documents: { select: { form: true, correction: true } },
      corrections: { orderBy: { number: 'desc' }, take: 1 },
      report: { select: { revision: true } },
      deliveries: { where: { state: 'waiting' }, select: { id: true, destination: { select: { kind: true } } } },
    },
  });
export type VersionToRender = NonNullable<Awaited<ReturnType<typeof readVersion>>>;

export const timeZoneOf = async (tx: Tx, facilityId: string): Promise<string | undefined> =>
  (await tx.facility.findUnique({ where: { id: facilityId }, select: { timeZone: true } }))?.timeZone;

export interface NewDocument {
  versionId: string;
  form: string;
  correction: number;
  blob: string;
  sha256: string;
  size: number;
}
/** The first one stays: another worker that made the same form at the same time adds nothing. */
export const addDocuments = (tx: Tx, documents: NewDocument[]) =>
  tx.document.createMany({ data: documents, skipDuplicates: true });

export const waitingDeliveries = (tx: Tx, versionId: string) =>
  tx.delivery.findMany({ where: { versionId, state: 'waiting' }, select: { id: true } });

/** The facilities with a part in an order or, where the id is one's, in a consultation. */
export const partiesOf = async (tx: Tx, id: string): Promise<string[]> => {
  const select = { facilityId: true } as const;
  const ofOrder = await tx.orderParty.findMany({ where: { orderId: id }, select });
  const ofConsultation = await tx.consultationParty.findMany({ where: { consultationId: id, until: null }, select });
  const parties = [...ofOrder, ...ofConsultation];
  return [...new Set(parties.map(({ facilityId }) => facilityId))];
};

/** Where a trace lies and whether it is a picture; null for an instance that the hub does not have. */
export async function traceInstance(
  tx: Tx,
  sopInstanceUid: string,
): Promise<{ blob: string; size: number; isPicture: boolean } | null> {
  const instance = await tx.instance.findUnique({ where: { sopInstanceUid }, select: { blob: true, size: true } });
  const trace = await tx.ecgTrace.findUnique({ where: { sopInstanceUid }, select: { format: true } });
  return instance && { ...instance, isPicture: trace?.format === 'picture' };
}
