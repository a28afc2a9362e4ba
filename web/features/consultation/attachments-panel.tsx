import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useListComma } from '../../api/texts.ts';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import type { Consultation } from './consultation.ts';
import { StudyDrawer } from './study-drawer.tsx';
import { useConsultationText } from './texts.ts';

type Study = Consultation['attachments']['studies'][number];

/** What the expert was given to look at, each of it one press from being open. */
export function AttachmentsPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const comma = useListComma();
  const [study, setStudy] = useState<Study>();
  const { studies, reports } = kase.attachments;
  return (
    <Panel title={t('attachments')}>
      {studies.length + reports.length === 0 && !kase.reportDraft && <p className="muted">{t('noAttachments')}</p>}
      {studies.map((each) => (
        <div key={each.id} className="attachment" data-testid="attached-study" data-study={each.studyInstanceUid}>
          <span className="strong">{[each.modalities.join(' '), each.description].filter(Boolean).join(' · ')}</span>
          <span className="muted num">
            {dayText(each.studyDate)} {t('instances', { n: each.instanceCount })}
          </span>
          <Button size="small" onClick={() => setStudy(each)}>
            {t('openStudy')}
          </Button>
        </div>
      ))}
      {reports.map((each) => (
        <div key={each.versionId} className="attachment">
          <span className="strong">
            {t('report')} {each.examNames.join(comma)}
          </span>
          <span className="muted num">{shortTime(each.signedAt)}</span>
          <Link to="/results/$versionId" params={{ versionId: each.versionId }}>
            <Button size="small">{t('openReport')}</Button>
          </Link>
        </div>
      ))}
      {kase.reportDraft && (
        <div className="supplement">
          <span className="muted">{t('reportDraft')}</span>
          <p className="keep-lines">{kase.reportDraft}</p>
        </div>
      )}
      {study && <StudyDrawer study={study} onClose={() => setStudy(undefined)} />}
    </Panel>
  );
}
