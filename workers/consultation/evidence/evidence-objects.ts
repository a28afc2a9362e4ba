import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { keyObjects } from './key-objects.ts';
import { measurementReports } from './measurement-report.ts';
import { presentationStates } from './presentation-state.ts';
import type { StudyEvidence } from './session-evidence.ts';

/** Everything that is kept of a session in one study. Equal evidence gives equal objects, byte for byte. */
export function evidenceObjects(evidence: StudyEvidence): DicomJson[] {
  return [...presentationStates(evidence), ...keyObjects(evidence), ...measurementReports(evidence)];
}
