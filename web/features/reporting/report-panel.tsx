import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useRef } from 'react';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import type { Hold, Report, ReportPanelProps } from './panel-props.ts';
import { ReportForm } from './report-form.tsx';
import { ReportShown } from './report-shown.tsx';
import { useReportingText } from './texts.ts';
import './reporting.css';

/** The states in which a report is written, by what one holds the case for. */
const open: Record<Hold['purpose'], readonly Report['state'][]> = {
  read: ['draft', 'rejected'],
  review: ['submitted'],
};

/** The report of the case on the desk: written by who holds the case, shown to everybody else. */
export function ReportPanel(props: ReportPanelProps) {
  const t = useReportingText();
  const { kase, hold, isLost } = props;
  const report = useQuery(ask('reporting', 'ofCase', { caseId: kase.id }));
  // Kept over a loss, so that the form and all that was typed stay where they are.
  const purpose = useRef<Hold['purpose'] | undefined>(undefined);
  if (hold) purpose.current = hold.purpose;
  else if (!isLost) purpose.current = undefined;

  const view = report.data;
  if (!view) {
    const isNothing = report.error?.code === 'not-found' && !hold && !report.isFetching;
    if (isNothing) return <Nothing text={t('nothingYet')}>{t('nothingYetNote')}</Nothing>;
    if (report.error && !report.isFetching)
      return <Failure error={report.error} what={t('report')} onRetry={() => void report.refetch()} />;
    return <Skeleton active className="report-waiting" paragraph={{ rows: 8 }} />;
  }
  const isOpen = purpose.current && (isLost || open[purpose.current].includes(view.state));
  if (isOpen && purpose.current)
    return <ReportForm key={`${view.id} ${purpose.current}`} {...props} view={view} purpose={purpose.current} />;
  return <ReportShown kase={kase} view={view} />;
}
