import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import type { Identifier, PatientBody } from '@lianzhen/contracts/patients.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { nameIndex } from '@lianzhen/db/name-index.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

type GivenPerson = Omit<PatientBody, 'identifiers'>;

/** Writes somebody new into the register, and has it looked through for whom he may be already. */
export async function registerPerson(tx: Tx, given: GivenPerson, numbers: Identifier[]): Promise<store.PatientRow> {
  const { name, sex, phone, address, villageId, birthDate } = given;
  const row = await store.insert(tx, {
    ...{ name, sex, phone, address, villageId },
    ...nameIndex(name),
    birthDate: birthDate ? new Date(`${birthDate}T00:00:00Z`) : null,
    identifiers: { create: numbers.map((one) => ({ ...one, verified: one.type === 'id-card' })) },
  });
  await enqueue(tx, findDuplicates, { patientId: row.id });
  return row;
}

/**
 * In what somebody who comes with a known number is not whom it belongs to. What one of the two does not know is no
 * difference, nor are blanks and points in a name: systems and people write 买买提·艾力 in several ways.
 */
export function differingFields(
  known: { name: string; sex: string; birthDate: Date | null },
  given: { name: string; sex: string; birthDate: string | null },
): string[] {
  const birthDate = known.birthDate?.toISOString().slice(0, 10) ?? null;
  const isSaid = (sex: string) => sex === 'male' || sex === 'female';
  return [
    ...(plain(known.name) !== plain(given.name) ? ['name'] : []),
    ...(isSaid(known.sex) && isSaid(given.sex) && known.sex !== given.sex ? ['sex'] : []),
    ...(birthDate && given.birthDate && birthDate !== given.birthDate ? ['birthDate'] : []),
  ];
}
const plain = (name: string): string => name.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase();
