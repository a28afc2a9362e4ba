import { uidFrom } from './uid.ts';

export type EvidenceModality = 'PR' | 'KO' | 'SR';
export const evidenceModalities: readonly EvidenceModality[] = ['PR', 'KO', 'SR'];

/**
 * The series that holds what a consultation's room left behind in a study: presentation states, key objects or
 * measurement reports. It does not depend on how often that was saved, so that what is saved later joins it.
 */
export const evidenceSeriesUid = (consultationId: string, studyUid: string, modality: EvidenceModality): string =>
  uidFrom(`consultation ${consultationId} ${modality} series of ${studyUid}`);
