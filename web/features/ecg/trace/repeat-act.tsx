import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { useEcgText } from '../texts.ts';
import { QualityTags } from './quality-tags.tsx';
import { repeatable } from './repeatable.ts';
import { TraceName } from './trace-name.tsx';

/** Says that a recording repeats an earlier one, where it does not say so yet. */
export function RepeatAct({ row }: { row: TraceRow }) {
  const t = useEcgText();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (row.replacesTraceId !== null || !may('study:attach')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="mark-repeat">
        {t('markRepeat')}
      </Button>
      {isOpen && <RepeatDialog row={row} onClose={() => setOpen(false)} />}
    </>
  );
}

const most = 100;

/** Which of the patient's earlier recordings it is; both are kept, and each names the other from then on. */
function RepeatDialog({ row, onClose }: { row: TraceRow; onClose: () => void }) {
  const t = useEcgText();
  const { message } = App.useApp();
  const { patientId, studyInstanceUid } = row;
  const found = useQuery(
    ask('ecg', 'list', { ...(patientId ? { patientId } : { studyInstanceUid }), page: 1, pageSize: most }),
  );
  const [chosen, choose] = useState<string>();
  const link = useAct('ecg', 'linkRepeat', {
    onSuccess: () => {
      void message.success(t('repeatLinked'));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('whichRepeated')}
      okText={t('linkRepeat')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: chosen === undefined }}
      confirmLoading={link.isPending}
      onOk={() => chosen !== undefined && link.mutate({ id: row.id, traceId: chosen })}
      onCancel={onClose}
      data-testid="repeat-dialog"
    >
      <p className="muted">{t('repeatNote')}</p>
      <Loaded query={found} rows={3}>
        {({ rows }) => {
          const offered = repeatable(row, rows);
          if (offered.length === 0) return <p>{t('noneToRepeat')}</p>;
          return (
            <Radio.Group
              className="ecg-repeats"
              aria-label={t('whichRepeated')}
              value={chosen}
              onChange={(event) => choose(event.target.value)}
            >
              {offered.map((one) => (
                <Radio key={one.id} value={one.id} data-testid="repeat-choice">
                  <TraceName row={one} /> {one.orderNumber && <span className="num muted">{one.orderNumber}</span>}{' '}
                  <QualityTags row={one} />
                </Radio>
              ))}
            </Radio.Group>
          );
        }}
      </Loaded>
      {link.error && <Failure error={link.error} />}
    </Modal>
  );
}
