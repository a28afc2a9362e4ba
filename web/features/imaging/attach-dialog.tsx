import { useQuery } from '@tanstack/react-query';
import { App, Radio } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { headerName } from './header-name.ts';
import type { Study } from './study.ts';
import { useImagingText } from './texts.ts';

/** Finds the order that a study belongs to. Both sides are on screen before the person decides. */
export function AttachDialog({ study, onClose }: { study: Study; onClose: () => void }) {
  const t = useImagingText();
  const { message } = App.useApp();
  const [q, setQ] = useState('');
  const [examId, setExamId] = useState<string>();
  const orders = useQuery(ask('orders', 'list', { q, state: ['submitted'], page: 1, pageSize: 10 }));
  const attach = useAct('imaging', 'attachStudy', {
    onSuccess: () => {
      void message.success(t('attached'));
      onClose();
    },
  });
  return (
    <ReasonDialog
      isOpen
      title={t('attach-title')}
      act={t('attach')}
      note={
        <>
          <p>
            <strong>{headerName(study.headerName) || t('nameless')}</strong> · {study.headerPatientId} ·{' '}
            {study.modalities.join('/')} · {study.description}
          </p>
          <p className="muted">{t('attach-note')}</p>
          <SearchBox value={q} onSearch={setQ} placeholder={t('attach-search')} />
          <Loaded query={orders} rows={3}>
            {(page) =>
              page.rows.length === 0 ? (
                <Nothing text={t('attach-none')} />
              ) : (
                <Radio.Group
                  className="stack attach-choice"
                  value={examId}
                  onChange={(event) => setExamId(event.target.value as string)}
                >
                  {page.rows.map((order) => (
                    <OrderExams key={order.id} orderId={order.id} label={`${order.patient.name} · ${order.number}`} />
                  ))}
                </Radio.Group>
              )
            }
          </Loaded>
        </>
      }
      isBusy={attach.isPending}
      error={attach.error}
      onAct={(reason) => examId && attach.mutate({ id: study.id, orderExamId: examId, reason })}
      onClose={onClose}
    />
  );
}

function OrderExams({ orderId, label }: { orderId: string; label: string }) {
  const order = useQuery(ask('orders', 'read', { id: orderId }));
  return order.data?.exams.map((exam) => (
    <Radio key={exam.id} value={exam.id}>
      {label} · {exam.examName} · {exam.accessionNumber}
    </Radio>
  ));
}
