import { Button, Segmented } from 'antd';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useWorklistText } from './texts.ts';
import type { Kase } from './use-open-case.ts';

type Study = Kase['studies'][number];

interface StudyChoiceProps {
  studies: readonly Study[];
  open: Study;
  /** Images have come since the open study was loaded. */
  isNewer: boolean;
  onChoose: (studyUid: string) => void;
  onLoad: (study: Study) => void;
}

/** Which of several studies is on screen, and whether there is more of it than is shown. */
export function StudyChoice({ studies, open, isNewer, onChoose, onLoad }: StudyChoiceProps) {
  const t = useWorklistText();
  if (studies.length < 2 && !isNewer) return null;
  return (
    <div className="desk-studies">
      {studies.length > 1 && (
        <Segmented
          aria-label={t('study')}
          size="small"
          value={open.studyInstanceUid}
          onChange={onChoose}
          options={studies.map((study, at) => ({
            value: study.studyInstanceUid,
            label: <StudyLabel study={study} at={at} />,
          }))}
        />
      )}
      {isNewer && (
        <Button size="small" type="primary" onClick={() => onLoad(open)} data-testid="load-late">
          {t('loadLate')}
        </Button>
      )}
    </div>
  );
}

function StudyLabel({ study, at }: { study: Study; at: number }) {
  const t = useWorklistText();
  return (
    <span title={study.accessionNumber ?? undefined}>
      {study.modalities.join('/')} {study.description ?? `${t('study')} ${at + 1}`} ·{' '}
      {t('imageCount', { n: study.instanceCount })}
      {study.lateInstances > 0 && <ToneTag tone="warn"> {t('lateIn', { n: study.lateInstances })}</ToneTag>}
    </span>
  );
}
