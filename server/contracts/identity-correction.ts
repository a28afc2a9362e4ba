import { ReportContent, ReportPatient } from './reporting.ts';

/** A row of the store: the patient as he was known when it turned out that the version had been signed under another. */
export interface IdentityCorrection {
  number: number;
  patient: unknown;
  correctedAt: Date;
}

/**
 * What is shown and sent of a signed version. The doctors' words, their signatures and the hash over what they signed
 * stay; the patient is the corrected one, and the report says so.
 * @param signed the frozen content
 * @param correction the one that counts, where there is one
 * @throws ZodError where either does not have the shape of the contract
 */
export function contentWith(signed: unknown, correction: IdentityCorrection | undefined): ReportContent {
  const content = ReportContent.parse(signed);
  if (!correction) return content;
  const { number, correctedAt } = correction;
  return {
    ...content,
    patient: ReportPatient.parse(correction.patient),
    identityCorrection: { number, at: correctedAt.toISOString() },
  };
}
