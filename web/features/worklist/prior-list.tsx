import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { Button } from 'antd';
import { useWorklistText } from './texts.ts';
import type { Kase } from './use-open-case.ts';

export interface PriorListProps {
  kase: Kase;
  /** The prior study that stands beside the case now. */
  beside: string | undefined;
  onBeside: (studyUid: string | undefined) => void;
  onReport: (versionId: string) => void;
}

/** Earlier studies of the same person, newest first: beside the case with one click, and what was signed then. */
export function PriorList({ kase, beside, onBeside, onReport }: PriorListProps) {
  const t = useWorklistText();
  if (kase.priors.length === 0) return <p className="muted">{t('priorsNone')}</p>;
  return (
    <ul className="prior-list">
      {kase.priors.map((prior) => {
        const { studyInstanceUid: uid, versionId } = prior;
        const isBeside = uid === beside;
        return (
          <li key={uid} className={isBeside ? 'prior prior-beside' : 'prior'} data-testid="prior">
            <div>
              <b className="num">{dayText(prior.studyDate) ?? '—'}</b>{' '}
              <span className="case-modality">{prior.modalities.join('/')}</span>
            </div>
            <div>{prior.description}</div>
            <div className="row">
              <Button size="small" onClick={() => onBeside(isBeside ? undefined : uid)} data-testid="compare">
                {t(isBeside ? 'endCompare' : 'compare')}
              </Button>
              {versionId ? (
                <Button size="small" onClick={() => onReport(versionId)} data-testid="prior-report">
                  {t('showReport')}
                </Button>
              ) : (
                <span className="muted">{t('noReport')}</span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
