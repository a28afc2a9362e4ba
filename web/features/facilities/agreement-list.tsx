import { useQuery } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Records } from '../../ui/records.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { NewAgreement } from './new-agreement.tsx';
import { useFacilitiesText } from './texts.ts';

type Agreement = Outputs['facilities']['agreements'][number];

export function AgreementList() {
  const t = useFacilitiesText();
  const names = useNames();
  const comma = useListComma();
  const may = useMay();
  const { message } = App.useApp();
  const [isNew, setNew] = useState(false);
  const [ending, setEnding] = useState<Agreement>();
  const agreements = useQuery(ask('facilities', 'agreements'));
  const sign = useAct('facilities', 'signAgreement', { onSuccess: () => void message.success(t('saved')) });
  const end = useAct('facilities', 'endAgreement', { onSuccess: () => setEnding(undefined) });
  const linesOf = (row: Agreement) => row.lines.map((line) => names('line', line)).join(comma);
  const acts = (row: Agreement) => (
    <Space>
      {row.state === 'draft' && (
        <Button
          size="small"
          type="primary"
          loading={sign.isPending}
          onClick={() => sign.mutate({ id: row.id, revision: row.revision })}
        >
          {t('sign')}
        </Button>
      )}
      {row.state !== 'ended' && (
        <Button size="small" danger onClick={() => setEnding(row)}>
          {t('end')}
        </Button>
      )}
    </Space>
  );
  return (
    <>
      {may('agreement:manage') && (
        <div className="bar">
          <Button onClick={() => setNew(true)}>{t('new')}</Button>
        </div>
      )}
      {sign.error && <Failure error={sign.error} />}
      <Loaded query={agreements}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('none')} />
          ) : (
            <Records<Agreement>
              rows={rows}
              total={rows.length}
              page={1}
              pageSize={rows.length}
              onPage={() => {}}
              rowKey={(row) => row.id}
              empty={null}
              columns={[
                { title: t('number'), dataIndex: 'number' },
                { title: t('parties'), render: (_, row) => `${row.fromName} → ${row.toName}` },
                { title: t('kind'), render: (_, row) => t(row.kind) },
                { title: t('lines'), render: (_, row) => linesOf(row) },
                { title: t('validity'), render: (_, row) => `${row.validFrom} – ${row.validTo}` },
                { title: t('state'), render: (_, row) => <Standing agreement={row} /> },
                ...(may('agreement:manage') ? [{ title: '', render: (_: unknown, row: Agreement) => acts(row) }] : []),
              ]}
              card={(row) => (
                <div className="stack">
                  <div className="spread">
                    <span className="strong">{row.number}</span>
                    <Standing agreement={row} />
                  </div>
                  <div>
                    {row.fromName} → {row.toName}
                  </div>
                  <div className="muted">
                    {t(row.kind)} · {linesOf(row)}
                  </div>
                  <div className="spread">
                    <span className="muted num">
                      {row.validFrom} – {row.validTo}
                    </span>
                    {may('agreement:manage') && acts(row)}
                  </div>
                </div>
              )}
            />
          )
        }
      </Loaded>
      {isNew && <NewAgreement onClose={() => setNew(false)} />}
      <ReasonDialog
        isOpen={ending !== undefined}
        title={t('end-title')}
        note={t('end-note')}
        act={t('end')}
        isDangerous
        isBusy={end.isPending}
        error={end.error}
        onAct={(reason) => ending && end.mutate({ id: ending.id, revision: ending.revision, reason })}
        onClose={() => setEnding(undefined)}
      />
    </>
  );
}

function Standing({ agreement }: { agreement: Agreement }) {
  const t = useFacilitiesText();
  if (agreement.isInForce) return <ToneTag tone="good">{t('in-force')}</ToneTag>;
  if (agreement.state === 'signed') return <ToneTag tone="warn">{t('out-of-date')}</ToneTag>;
  return <ToneTag tone={agreement.state === 'draft' ? 'info' : 'quiet'}>{t(agreement.state)}</ToneTag>;
}
