import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Panel } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { usePatientsText } from './texts.ts';

type Row = Outputs['orders']['list']['rows'][number];
const pageSize = 10;

/** What was asked for this patient, and how far it is; an answered one opens its result. */
export function PatientOrders({ patientId }: { patientId: string }) {
  const t = usePatientsText();
  const names = useNames();
  const comma = useListComma();
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const orders = useQuery(ask('orders', 'list', { patientId, page, pageSize }));
  const exams = (row: Row) => row.exams.map((exam) => exam.examName).join(comma);
  const state = (row: Row) => <ToneTag tone={toneOf(row.progress)}>{names('step', row.progress.step)}</ToneTag>;
  return (
    <Panel title={t('ordersOf')}>
      <Loaded query={orders} rows={3}>
        {(found) => (
          <Records<Row>
            rows={found.rows}
            total={found.total}
            page={page}
            pageSize={pageSize}
            onPage={setPage}
            rowKey={(row) => row.id}
            columns={[
              { key: 'at', render: (_, row) => <span className="num">{shortTime(row.submittedAt)}</span> },
              { key: 'exams', render: (_, row) => exams(row) },
              { key: 'state', render: (_, row) => state(row) },
              { key: 'centre', render: (_, row) => row.centreName },
              { key: 'number', render: (_, row) => <span className="muted num">{row.number}</span> },
            ]}
            card={(row) => (
              <>
                <div className="spread">
                  <span className="strong">{exams(row)}</span>
                  {state(row)}
                </div>
                <div className="muted num">
                  {shortTime(row.submittedAt)} · {row.number}
                </div>
              </>
            )}
            onOpen={(row) => void navigate({ to: '/orders/$orderId', params: { orderId: row.id } })}
            empty={<Nothing text={t('noOrders')} />}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function toneOf({ step, isOverdue }: Row['progress']): Tone {
  if (step === 'reported') return 'good';
  if (step === 'withdrawn') return 'quiet';
  return step === 'returned' || isOverdue ? 'bad' : 'info';
}
