import { FilePdfOutlined } from '@ant-design/icons';
import { reportLayout } from '@lianzhen/contracts/report-layout.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { reportPdf } from '../../api/documents.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ReportSheet } from '../../ui/report-sheet.tsx';
import { Delivered } from './delivered.tsx';
import { useReportingText } from './texts.ts';
import './reporting.css';

/** A signed version, whole, as every other form of it says it. */
export function SignedReport({ versionId }: { versionId: string }) {
  const t = useReportingText();
  const language = useLanguage();
  const may = useMay();
  const version = useQuery(ask('reporting', 'version', { id: versionId }));
  return (
    <Loaded query={version} rows={10}>
      {(signed) => (
        <div data-testid="signed-report" data-version={signed.number}>
          <div className="spread report-signed-bar">
            {may('delivery:read') && <Delivered versionId={versionId} />}
            <Button
              size="small"
              icon={<FilePdfOutlined />}
              href={reportPdf(versionId)}
              target="_blank"
              disabled={!signed.pdfReady}
              title={signed.pdfReady ? undefined : t('pdfPending')}
            >
              {t('pdf')}
            </Button>
          </div>
          <ReportSheet
            isCritical={signed.content.critical}
            layout={reportLayout(signed.content, language, {
              contentHash: signed.contentHash,
              replacedByNumber: signed.replacedByNumber,
            })}
          />
        </div>
      )}
    </Loaded>
  );
}
