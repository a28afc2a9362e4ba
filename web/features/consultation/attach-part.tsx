import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useListComma } from '../../api/texts.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { attached, type OrderEvidence } from './attached.ts';
import type { PartProps } from './part-props.ts';
import { useConsultationText } from './texts.ts';

type Row = Outputs['orders']['list']['rows'][number];

/** What the expert gets to see: each order brings its images and its signed report along. */
export function AttachPart({ draft, onChange }: PartProps) {
  const t = useConsultationText();
  const { attachments, patientId } = draft;
  return (
    <Panel
      title={t('attachPart')}
      extra={
        <span className="muted num">
          {t('images', { n: attachments.studyIds.length })} · {t('reports', { n: attachments.versionIds.length })}
        </span>
      }
    >
      {patientId ? (
        <Orders draft={draft} missing={[]} onChange={onChange} />
      ) : (
        <p className="muted">{t('attachFirst')}</p>
      )}
      {draft.reportDraft && (
        <Field label={t('reportDraft')}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={draft.reportDraft}
            onChange={(event) => onChange({ reportDraft: event.target.value })}
          />
        </Field>
      )}
    </Panel>
  );
}

function Orders({ draft, onChange }: PartProps) {
  const t = useConsultationText();
  const comma = useListComma();
  const cache = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const { patientId, attachments } = draft;
  const orders = useQuery(ask('orders', 'list', { patientId, page: 1, pageSize: 30 }));
  const toggle = async (row: Row, isOn: boolean) => {
    setFailure(undefined);
    try {
      const order = await cache.fetchQuery(ask('orders', 'read', { id: row.id }));
      onChange({ attachments: attached(attachments, order as OrderEvidence, isOn) });
    } catch (cause) {
      setFailure(cause);
    }
  };
  return (
    <>
      {failure !== undefined && <Failure error={failure} />}
      <Loaded query={orders} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="muted">{t('attachNone')}</p>
          ) : (
            <>
              <p className="muted">{t('attachNote')}</p>
              <div className="experts">
                {rows.map((row) => (
                  <Checkbox
                    key={row.id}
                    className="expert"
                    checked={attachments.orderIds.includes(row.id)}
                    onChange={(event) => void toggle(row, event.target.checked)}
                    data-testid="attach-order"
                  >
                    {row.exams.map(({ examName }) => examName).join(comma)}{' '}
                    <span className="muted num">
                      {shortTime(row.submittedAt)} · {row.number}
                    </span>
                  </Checkbox>
                ))}
              </div>
            </>
          )
        }
      </Loaded>
    </>
  );
}
