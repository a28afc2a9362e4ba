import { CheckOutlined, FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { inForce } from '@lianzhen/contracts/delivery.ts';
import { reportLayout } from '@lianzhen/contracts/report-layout.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Space } from 'antd';
import { reportPdf } from '../../api/documents.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ReportSheet } from '../../ui/report-sheet.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useOrdersText } from './texts.ts';

/** A signed result: read it, say that one has, print it. */
export function Result({ versionId }: { versionId: string }) {
  const t = useOrdersText();
  const language = useLanguage();
  const may = useMay();
  const version = useQuery(ask('reporting', 'version', { id: versionId }));
  return (
    <div data-testid="result" data-version-id={versionId}>
      <div className="result-bar no-print">
        <Space wrap>
          {may('result:acknowledge') && <Acknowledge versionId={versionId} />}
          {may('delivery:read') && <DeliverySummary versionId={versionId} />}
        </Space>
        <Space wrap>
          {version.data && may('study:read') && (
            <Link to="/orders/$orderId/images" params={{ orderId: version.data.content.order.id }}>
              {t('seeImages')}
            </Link>
          )}
          <Button
            icon={<FilePdfOutlined />}
            href={reportPdf(versionId)}
            target="_blank"
            disabled={version.data?.pdfReady === false}
            title={version.data?.pdfReady === false ? t('pdfPending') : undefined}
            data-testid="report-pdf"
          >
            {t('pdf')}
          </Button>
          <Button icon={<PrinterOutlined />} disabled={!version.data} onClick={() => window.print()}>
            {t('print')}
          </Button>
        </Space>
      </div>
      <Loaded query={version} rows={10}>
        {({ content, contentHash, replacedByNumber }) => (
          <ReportSheet
            layout={reportLayout(content, language, { contentHash, replacedByNumber })}
            isCritical={content.critical}
            isPage
          />
        )}
      </Loaded>
    </div>
  );
}

/** One's own facility's copy: unread until a person says that they have read it. */
function Acknowledge({ versionId }: { versionId: string }) {
  const t = useOrdersText();
  const { message } = App.useApp();
  const inbox = useQuery({
    ...ask('delivery', 'inbox', { page: 1, pageSize: 200 }),
    placeholderData: keepPreviousData,
  });
  const own = inbox.data?.rows.find((row) => row.versionId === versionId);
  const act = useAct('delivery', 'acknowledge', { onSuccess: () => void message.success(t('acknowledgedNow')) });
  if (!own) return null;
  if (own.readAt)
    return (
      <ToneTag tone="good">{t('acknowledged', { name: own.readByName ?? '', at: shortTime(own.readAt) })}</ToneTag>
    );
  return (
    <>
      <Button
        type="primary"
        icon={<CheckOutlined />}
        loading={act.isPending}
        onClick={() => act.mutate({ id: own.id })}
        data-testid="acknowledge"
      >
        {t('acknowledge')}
      </Button>
      {act.error && <Failure error={act.error} />}
    </>
  );
}

function DeliverySummary({ versionId }: { versionId: string }) {
  const t = useOrdersText();
  const deliveries = useQuery(ask('delivery', 'list', { versionId, page: 1, pageSize: 50 }));
  const rows = inForce(deliveries.data?.rows ?? []);
  if (!rows.length) return null;
  const { accepted, all } = countFacilities(rows);
  return (
    <Link to="/delivery/ledger" search={{ versionId }} data-testid="delivery-summary">
      <ToneTag tone={accepted === all ? 'good' : 'info'}>{t('acceptedBy', { n: accepted, all })}</ToneTag>
    </Link>
  );
}

/** A facility has accepted a result once every one of its channels has. */
function countFacilities(rows: { facility: { id: string }; state: string }[]): { accepted: number; all: number } {
  const open = new Set(rows.filter((row) => row.state !== 'accepted').map((row) => row.facility.id));
  const all = new Set(rows.map((row) => row.facility.id)).size;
  return { accepted: all - open.size, all };
}
