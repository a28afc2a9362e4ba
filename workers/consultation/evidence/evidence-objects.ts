import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { keyObjects } from './key-objects.ts';
import { measurementReports } from './measurement-report.ts';
import { presentationStates } from './presentation-state.ts';
import type { StudyEvidence } from './session-evidence.ts';

/**
 * Everything that is kept of a session in one study. Equal evidence gives equal objects, byte for byte. The key objects,
 * which there are whenever there is anything, are the last: where they are kept, the rest of the same entry is.
 */
export function evidenceObjects(evidence: StudyEvidence): DicomJson[] {
  return [...presentationStates(evidence), ...measurementReports(evidence), ...keyObjects(evidence)];
}
