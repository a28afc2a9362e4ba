import { ToneTag } from '../../ui/tone-tag.tsx';
import { StudyViewer, type StudyViewerProps } from '../../viewer/study-viewer.tsx';
import type { Hold } from './desk-parts.ts';
import { useWorklistText } from './texts.ts';
import { type BeforeLeaving, useCaseMarks } from './use-case-marks.ts';

interface MarkedViewerProps extends Omit<StudyViewerProps, 'measurements' | 'onMeasurements'> {
  caseId: string;
  studyUid: string;
  hold: Hold | null;
  beforeLeaving: BeforeLeaving;
}

/** A study of the case with what its readers measured on it. */
export function MarkedViewer({ caseId, studyUid, hold, beforeLeaving, ...viewer }: MarkedViewerProps) {
  const t = useWorklistText();
  const { shown, state, change } = useCaseMarks(caseId, studyUid, hold?.token ?? null, beforeLeaving);
  return (
    <div className="desk-viewer">
      {state !== 'saved' && (
        <div className="desk-unsaved" role="status" data-testid="marks-unsaved">
          <ToneTag tone="warn">{t(state === 'waiting' ? 'marksWaiting' : 'marksRefused')}</ToneTag>
        </div>
      )}
      <StudyViewer {...viewer} measurements={shown} onMeasurements={change} />
    </div>
  );
}
