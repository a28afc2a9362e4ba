import type { ComponentType } from 'react';
import type { DraftPatient } from './draft.ts';

/** How the patient is found or recorded; the page that joins the two words brings the part. */
export interface PatientFieldProps {
  facilityId: string;
  value: DraftPatient | null;
  onPick: (patient: DraftPatient | null) => void;
  /** What was typed of a patient not yet recorded; kept with the draft. */
  typed: Record<string, unknown> | null;
  onType: (typed: Record<string, unknown> | null) => void;
  hasError: boolean;
}
export type PatientField = ComponentType<PatientFieldProps>;
