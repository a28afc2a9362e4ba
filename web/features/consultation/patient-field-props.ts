import type { Sex } from '@lianzhen/contracts/patients.ts';
import type { ComponentType } from 'react';

export interface PickedPatient {
  id: string;
  name: string;
  sex: Sex;
  birthDate: string | null;
}

/** How the patient is found or recorded; the page that joins the two words brings the part. */
export type PatientField = ComponentType<{
  facilityId: string;
  value: PickedPatient | null;
  onPick: (patient: PickedPatient | null) => void;
  typed: Record<string, unknown> | null;
  onType: (typed: Record<string, unknown> | null) => void;
  hasError: boolean;
}>;
