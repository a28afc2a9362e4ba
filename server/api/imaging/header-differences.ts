import { type Difference, PersonName } from '@lianzhen/contracts/imaging.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { identityDifferences, type KnownPerson } from '@lianzhen/dicom/compare-identity.ts';
import * as store from './attach-store.ts';

/** What the header of a study's images says of its patient, and whose machine wrote it. */
export interface HeaderSays {
  facilityId: string;
  headerName: unknown;
  headerPatientId: string | null;
  headerSex: string | null;
  headerBirthDate: string | null;
}

/** Where the header and each of these patients disagree: the rule by which a study goes to quarantine, before it is broken. */
export async function differencesWith(
  tx: Tx,
  study: HeaderSays,
  patients: ReadonlyArray<KnownPerson & { id: string }>,
): Promise<Map<string, Difference[]>> {
  const header = { ...study, headerName: PersonName.nullable().parse(study.headerName) };
  const holders = await store.holdersOf(tx, study.facilityId, study.headerPatientId ?? '');
  const isAnothers = (id: string) => holders.some((holder) => holder !== id);
  return new Map(patients.map((patient) => [patient.id, identityDifferences(header, patient, isAnothers(patient.id))]));
}
