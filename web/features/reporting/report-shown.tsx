import { Button } from 'antd';
import { useSession } from '../../api/session.ts';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { Amend } from './amend.tsx';
import { Notices, Warnings } from './notices.tsx';
import type { Kase, Report } from './panel-props.ts';
import { texts } from './report-body.ts';
import { SignedReport } from './signed-report.tsx';
import { useReportingText } from './texts.ts';
import { VersionList } from './version-list.tsx';

const tones: Record<Report['state'], Tone> = { draft: 'info', submitted: 'info', rejected: 'bad', final: 'good' };

/** A report to look at: what is signed as it was signed, what is not as it stands now. */
export function ReportShown({ kase, view }: { kase: Kase; view: Report }) {
  const t = useReportingText();
  const { accountId } = useSession();
  const signed = view.versions.findLast(({ isReplaced }) => !isReplaced);
  const isSigned = view.state === 'final' && signed;
  return (
    <div className="report-panel" data-testid="report-shown">
      <header className="report-head">
        <ToneTag tone={tones[view.state]}>{t(`state-${view.state}`)}</ToneTag>
        <span className="report-space" />
        {isSigned && kase.state === 'reported' && <Amend view={view} />}
      </header>
      <div className="report-scroll">
        {isSigned ? <SignedReport versionId={signed.id} /> : <Unsigned view={view} />}
        {view.versions.length > 0 && <VersionList versions={view.versions} />}
      </div>
      {view.state === 'submitted' && view.writerId === accountId && (
        <footer className="report-foot">
          <div className="report-acts">
            <Button type="primary" disabled data-testid="approve-report" title={t('ownReport')}>
              {t('approve')}
            </Button>
            <span className="muted">{t('ownReport')}</span>
          </div>
        </footer>
      )}
    </div>
  );
}

function Unsigned({ view }: { view: Report }) {
  const t = useReportingText();
  return (
    <>
      <p className="report-writer">
        {view.writerName &&
          (view.submittedAt
            ? t('writtenBy', { name: view.writerName, at: shortTime(view.submittedAt) })
            : t('writingBy', { name: view.writerName }))}{' '}
        <span className="muted">{t('notSigned')}</span>
      </p>
      <Notices view={view} isReview={false} />
      {texts
        .filter((key) => view[key].trim())
        .map((key) => (
          <div key={key} className="report-read">
            <span className="report-label">{t(key)}</span>
            <p className="keep-lines">{view[key]}</p>
          </div>
        ))}
      <p className="row">
        {view.positive !== null && <b>{t(view.positive ? 'positive' : 'negative')}</b>}
        {view.critical && (
          <ToneTag tone="bad">
            {t('critical')} {view.criticalText}
          </ToneTag>
        )}
      </p>
      <Warnings warnings={view.warnings} />
    </>
  );
}
