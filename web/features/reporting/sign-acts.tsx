import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { Failure } from '../../ui/failure.tsx';
import { AbandonCorrection } from './abandon-correction.tsx';
import { Warnings } from './notices.tsx';
import type { Kase, Report, ReportPanelProps } from './panel-props.ts';
import { useReportingText } from './texts.ts';
import type { Sign } from './use-sign.ts';

interface SignActsProps {
  kase: Kase;
  sign: Sign;
  seen: ReportPanelProps['seen'];
  isReview: boolean;
  /** The writer's signature is the last one. */
  isLast: boolean;
  hasFinal: boolean;
  isBlocked: boolean;
  warnings: Report['warnings'];
  mayAbandon: boolean;
}

/** The signatures one may give here, each done with one click. */
export function SignActs({
  kase,
  sign,
  seen,
  isReview,
  isLast,
  hasFinal,
  isBlocked,
  warnings,
  mayAbandon,
}: SignActsProps) {
  const acts = { sign, isBlocked };
  return (
    <footer className="report-foot">
      {sign.error && sign.error.code !== 'stale-revision' && <Failure error={sign.error} />}
      <Warnings warnings={warnings} />
      <Seen seen={seen} />
      {isReview ? (
        <ReviewActs {...acts} />
      ) : (
        <WriteActs
          {...acts}
          isLast={isLast}
          mayBePreliminary={kase.urgency === 'emergency' && !hasFinal}
          mayAbandon={mayAbandon}
        />
      )}
    </footer>
  );
}

interface ActsProps {
  sign: Sign;
  isBlocked: boolean;
}

function WriteActs({
  sign,
  isBlocked,
  isLast,
  mayBePreliminary,
  mayAbandon,
}: ActsProps & { isLast: boolean; mayBePreliminary: boolean; mayAbandon: boolean }) {
  const t = useReportingText();
  return (
    <div className="report-acts">
      <Button
        type="primary"
        loading={sign.busy === 'submitted'}
        disabled={isBlocked}
        onClick={() => sign.run('submitted')}
        data-testid="submit-report"
      >
        {t(isLast ? 'signAlone' : 'submit')} <kbd>Ctrl ↵</kbd>
      </Button>
      {mayBePreliminary && (
        <Button
          danger
          loading={sign.busy === 'preliminary'}
          disabled={isBlocked}
          title={t('preliminaryTip')}
          onClick={() => sign.run('preliminary')}
          data-testid="issue-preliminary"
        >
          {t('preliminary')}
        </Button>
      )}
      {mayAbandon && <AbandonCorrection sign={sign} isBlocked={isBlocked} />}
    </div>
  );
}

function ReviewActs({ sign, isBlocked }: ActsProps) {
  const t = useReportingText();
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const box = useRef<HTMLTextAreaElement | null>(null);
  const isMissing = isAsked && !reason.trim();
  const reject = () => {
    setAsked(true);
    if (reason.trim()) sign.run('rejected', reason.trim());
    else box.current?.focus();
  };
  return (
    <>
      <Input.TextArea
        ref={(input) => {
          box.current = input?.resizableTextArea?.textArea ?? null;
        }}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={1000}
        status={isMissing ? 'error' : ''}
        placeholder={t('rejectReason')}
        aria-label={t('rejectReason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          // In the reason, the key that signs elsewhere must not approve what is about to be rejected.
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.nativeEvent.stopImmediatePropagation();
          reject();
        }}
        data-testid="reject-reason"
      />
      {isMissing && <span className="field-error">{t('rejectNeeded')}</span>}
      <div className="report-acts">
        <Button
          type="primary"
          loading={sign.busy === 'approved'}
          disabled={isBlocked}
          onClick={() => sign.run('approved')}
          data-testid="approve-report"
        >
          {t('approve')} <kbd>Ctrl ↵</kbd>
        </Button>
        <Button
          danger
          loading={sign.busy === 'rejected'}
          disabled={isBlocked}
          onClick={reject}
          data-testid="reject-report"
        >
          {t('reject')}
        </Button>
      </div>
    </>
  );
}

function Seen({ seen }: Pick<SignActsProps, 'seen'>) {
  const t = useReportingText();
  if (!seen || seen.all + seen.unopened === 0) return null;
  const { whole, all, unopened } = seen;
  const isWhole = whole === all && unopened === 0;
  const parts = [
    ...(all > 0 ? [t('seen', { whole, all })] : []),
    ...(unopened > 0 ? [t('unopened', { unopened })] : []),
  ];
  return (
    <span className={isWhole ? 'report-seen muted' : 'report-seen tone-warn'} data-testid="seen">
      {isWhole ? t('seenAll') : parts.join(' · ')}
    </span>
  );
}
