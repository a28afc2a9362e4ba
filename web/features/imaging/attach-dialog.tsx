import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { useQuery } from '@tanstack/react-query';
import { App, Radio } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { headerName } from './header-name.ts';
import type { Study } from './study.ts';
import { useImagingText } from './texts.ts';

/** How the header writes what the order has in words. */
const headerSexes: Record<string, 'male' | 'female'> = { M: 'male', F: 'female' };

/** Finds the order that a study belongs to. Both sides are on screen before the person decides. */
export function AttachDialog({ study, onClose }: { study: Study; onClose: () => void }) {
  const t = useImagingText();
  const names = useNames();
  const { message } = App.useApp();
  const [q, setQ] = useState('');
  const [examId, setExamId] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const orders = useQuery(ask('orders', 'list', { q, state: ['submitted'], page: 1, pageSize: 10 }));
  const attach = useAct('imaging', 'attachStudy', {
    onSuccess: () => {
      void message.success(t('attached'));
      onClose();
    },
  });
  const sex = headerSexes[study.headerSex ?? ''];
  const who = [study.headerPatientId, sex && names('sex', sex), dayText(study.headerBirthDate)];
  const what = [study.modalities.join('/'), study.description, dayText(study.studyDate)];
  return (
    <ReasonDialog
      isOpen
      title={t('attach-title')}
      act={t('attach')}
      note={
        <>
          <p>
            <strong>{headerName(study.headerName) || t('nameless')}</strong> ·{' '}
            {[...who, ...what].filter(Boolean).join(' · ')}
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
                    <OrderExams
                      key={order.id}
                      orderId={order.id}
                      label={[
                        order.patient.name,
                        names('sex', order.patient.sex),
                        order.patient.birthDate,
                        order.number,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    />
                  ))}
                </Radio.Group>
              )
            }
          </Loaded>
          {isAsked && !examId && <p className="field-error">{t('attach-choose')}</p>}
        </>
      }
      isBusy={attach.isPending}
      error={attach.error}
      onAct={(reason) => {
        setAsked(true);
        if (examId) attach.mutate({ id: study.id, orderExamId: examId, reason });
      }}
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
