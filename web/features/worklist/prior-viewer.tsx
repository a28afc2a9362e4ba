import { CloseOutlined } from '@ant-design/icons';
import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { Button } from 'antd';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { StudyViewer, type StudyViewerProps } from '../../viewer/study-viewer.tsx';
import { sourceOf } from './study-sources.ts';
import { useWorklistText } from './texts.ts';
import type { Kase } from './use-open-case.ts';

interface PriorViewerProps extends Omit<StudyViewerProps, 'source'> {
  prior: Kase['priors'][number];
  onEnd: () => void;
}

/** An earlier study beside the case, in a frame that keeps the two apart. */
export function PriorViewer({ prior, onEnd, ...viewer }: PriorViewerProps) {
  const t = useWorklistText();
  return (
    <div className="desk-viewer desk-prior">
      <div className="desk-prior-head">
        <ToneTag tone="warn">{t('priors')}</ToneTag>
        <b className="num">{dayText(prior.studyDate)}</b>
        <span>{prior.description}</span>
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('endCompare')} onClick={onEnd} />
      </div>
      <StudyViewer {...viewer} source={sourceOf(prior.studyInstanceUid)} />
    </div>
  );
}
