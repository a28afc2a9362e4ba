import { Alert } from 'antd';
import { useColon } from '../../api/texts.ts';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import type { Report } from './panel-props.ts';
import { useReportingText } from './texts.ts';

/** Why this text is on the desk again, and who wrote it. */
export function Notices({ view, isReview }: { view: Report; isReview: boolean }) {
  const t = useReportingText();
  const colon = useColon();
  return (
    <>
      {view.rejectedReason && (
        <Alert
          type="error"
          showIcon
          title={t('rejectedWith')}
          description={<span className="keep-lines">{view.rejectedReason}</span>}
          data-testid="rejected-reason"
        />
      )}
      {view.amendmentReason && (
        <Alert
          type="info"
          showIcon
          title={`${t('amendsWith')}${colon}${view.amendmentReason}`}
          description={t('amendNote')}
        />
      )}
      {isReview && view.writerName && (
        <p className="report-writer" data-testid="writer">
          {view.submittedAt
            ? t('writtenBy', { name: view.writerName, at: shortTime(view.submittedAt) })
            : t('writingBy', { name: view.writerName })}
        </p>
      )}
    </>
  );
}

/** What the signer should look at again. It stands beside the text and the signature, and stops nobody. */
export function Warnings({ warnings }: Pick<Report, 'warnings'>) {
  const t = useReportingText();
  if (warnings.length === 0) return null;
  return (
    <div className="report-warnings" role="status" data-testid="warnings">
      <ToneTag tone="warn">{t('warningsTitle')}</ToneTag>
      <ul>
        {warnings.map(({ code, text }) => (
          <li key={`${code} ${text}`} data-code={code}>
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
