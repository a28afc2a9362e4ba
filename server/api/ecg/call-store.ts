import type { Tx } from '@lianzhen/db/client.ts';

/** The facilities at whose ECG centre somebody works. */
export const ecgCentresOf = async (tx: Tx, accountId: string, facilityIds: string[]): Promise<string[]> => {
  const rows = await tx.centre.findMany({
    where: { line: 'ecg', facilityId: { in: facilityIds }, members: { some: { accountId } } },
    select: { facilityId: true },
  });
  return rows.map(({ facilityId }) => facilityId);
};

/** The facilities for which somebody stands in the directory as an expert of cardiology. */
export const cardiologyOf = async (tx: Tx, accountId: string, facilityIds: string[]): Promise<string[]> => {
  const rows = await tx.expertProfile.findMany({
    where: { accountId, specialty: 'cardiology', isListed: true, facilityId: { in: facilityIds } },
    select: { facilityId: true },
  });
  return rows.map(({ facilityId }) => facilityId);
};
