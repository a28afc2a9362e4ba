import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './settle-store.ts';

type MatchedBy = 'sender' | 'accession-number' | 'worklist-uid' | 'patient-and-time';
export interface FoundOrder {
  exam: store.Candidate;
  by: MatchedBy;
}

/** How long before the images an exam may have been scheduled, and how long after. */
const daysBefore = 7;
const daysAfter = 1;
const dayMs = 86_400_000;

/** Machines and catalogues call plain radiography by several names. */
const sameModality: ReadonlyArray<readonly string[]> = [['CR', 'DX', 'DR', 'RG']];

/**
 * The exam a study was made for: the one that the sender of a recording named; else by the accession number, which counts
 * only where the sending facility asked; else by the Study Instance UID that the worklist offered; else by the patient's number, modality and time, where these fit
 * exactly one. Never by a name.
 */
export async function findOrder(tx: Tx, study: store.SettlingStudy): Promise<FoundOrder | undefined> {
  const refused = await store.refusedExams(tx, study.id);
  const { facilityId, accessionNumber } = study;
  const named = await store.examNamed(tx, facilityId, study.studyInstanceUid);
  if (named && !refused.has(named.id)) return { exam: named, by: 'sender' };
  const asked = accessionNumber ? await store.examByAccession(tx, facilityId, accessionNumber) : null;
  if (asked && !refused.has(asked.id)) return { exam: asked, by: 'accession-number' };
  const offered = await store.examByStudyUid(tx, facilityId, study.studyInstanceUid);
  if (offered && !refused.has(offered.id)) return { exam: offered, by: 'worklist-uid' };
  const [only, another] = (await byPatient(tx, study)).filter(({ id }) => !refused.has(id));
  return only && !another ? { exam: only, by: 'patient-and-time' } : undefined;
}

async function byPatient(tx: Tx, study: store.SettlingStudy): Promise<store.Candidate[]> {
  const { facilityId, headerPatientId, headerIssuer, receivedAt } = study;
  if (!headerPatientId) return [];
  const modalities = study.modalities.flatMap((one) => sameModality.find((group) => group.includes(one)) ?? [one]);
  const window = {
    from: new Date(receivedAt.getTime() - daysBefore * dayMs),
    to: new Date(receivedAt.getTime() + daysAfter * dayMs),
  };
  const issuer = await store.facilityCode(tx, facilityId);
  return store.examsByPatient(tx, { facilityId, headerPatientId, headerIssuer, issuer }, modalities, window);
}
