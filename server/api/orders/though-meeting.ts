import { isUniqueViolation } from '@lianzhen/db/client.ts';

/**
 * Runs a transaction, and once more where somebody else wrote the same number of a patient at the same moment: the second
 * time it is known.
 */
export async function thoughMeeting<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    return transaction();
  }
}
