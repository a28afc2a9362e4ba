import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer } from 'antd';
import { ask } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ReportSheet } from '../../ui/report-sheet.tsx';
import { draftContent, draftLayout } from './draft-content.ts';
import type { Kase, Report } from './panel-props.ts';
import type { Body } from './report-body.ts';
import { useReportingText } from './texts.ts';

interface PreviewProps {
  kase: Kase;
  view: Report;
  body: Body;
  onClose: () => void;
}

/** The report as it will be signed, laid out by the same contract. */
export function Preview({ kase, view, body, onClose }: PreviewProps) {
  const t = useReportingText();
  const language = useLanguage();
  const session = useSession();
  const order = useQuery(ask('orders', 'read', { id: kase.orderId }));
  const patient = useQuery(ask('patients', 'read', { id: kase.patient.id }));
  const seat = session.seats.find(({ roles }) => roles.includes('reader') || roles.includes('senior-reader'));
  const facility = { id: seat?.facilityId ?? '', code: seat?.code ?? '', name: seat?.name ?? '' };
  const me = { id: session.accountId, name: session.displayName, title: session.title };
  return (
    <Drawer open onClose={onClose} size={760} title={t('preview')} data-testid="report-preview">
      {patient.error && <Alert type="warning" showIcon title={t('previewPart')} />}
      <Loaded query={order} rows={10}>
        {(known) => {
          const facts = { kase, view, body, order: known, patient: patient.data, me, facility, now: new Date() };
          return <ReportSheet layout={draftLayout(draftContent(facts), language, t('previewMark'))} />;
        }}
      </Loaded>
    </Drawer>
  );
}
