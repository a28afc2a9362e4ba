import { FilePdfOutlined } from '@ant-design/icons';
import { Button, Drawer, Typography } from 'antd';
import { useState } from 'react';
import { reportPdf } from '../../api/documents.ts';
import { useMay } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { Delivered } from './delivered.tsx';
import type { Report } from './panel-props.ts';
import { SignedReport } from './signed-report.tsx';
import { useReportingText } from './texts.ts';

type Version = Report['versions'][number];

/** Every version that was signed, the newest first: by whom, what it hashes to, who has it. */
export function VersionList({ versions }: Pick<Report, 'versions'>) {
  const t = useReportingText();
  const [shown, show] = useState<string>();
  return (
    <section className="versions" data-testid="versions">
      <h2>{t('versions')}</h2>
      {versions.toReversed().map((version) => (
        <VersionLine key={version.id} version={version} onShow={() => show(version.id)} />
      ))}
      <Drawer open={shown !== undefined} onClose={() => show(undefined)} size={760} title={t('versions')}>
        {shown && <SignedReport versionId={shown} />}
      </Drawer>
    </section>
  );
}

function VersionLine({ version, onShow }: { version: Version; onShow: () => void }) {
  const t = useReportingText();
  const names = useNames();
  const may = useMay();
  const { number: n, reviewerName: reviewer, writerName: writer } = version;
  return (
    <div className={version.isReplaced ? 'version version-replaced' : 'version'} data-testid="version">
      <div className="spread">
        <span>
          <b>{t('versionNumber', { n })}</b> {names('versionKind', version.kind)}{' '}
          {version.isReplaced && <ToneTag tone="quiet">{t('replaced')}</ToneTag>}
        </span>
        <span className="muted num">{shortTime(version.signedAt)}</span>
      </div>
      <div className="muted">{reviewer ? t('signedBy', { writer, reviewer }) : t('signedAlone', { writer })}</div>
      <div className="spread">
        <Typography.Text
          type="secondary"
          className="num"
          copyable={{ text: version.contentHash, tooltips: [t('copyHash'), t('copied')] }}
        >
          {t('hash', { hash: version.contentHash.slice(0, 12) })}
        </Typography.Text>
        <span className="row">
          {may('delivery:read') && <Delivered versionId={version.id} />}
          <Button size="small" onClick={onShow}>
            {t('show')}
          </Button>
          <Button size="small" icon={<FilePdfOutlined />} href={reportPdf(version.id)} target="_blank">
            {t('pdf')}
          </Button>
        </span>
      </div>
    </div>
  );
}
