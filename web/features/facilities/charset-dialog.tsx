import { Charset } from '@lianzhen/contracts/facilities.ts';
import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { useQuery } from '@tanstack/react-query';
import { Modal, Select, Table } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import type { Device } from './device.ts';
import { useFacilitiesText } from './texts.ts';

type CharsetName = (typeof Charset.options)[number];

/** The same names read both ways, before anything changes. */
export function CharsetDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useFacilitiesText();
  const [charset, setCharset] = useState<CharsetName | ''>(device.charsetOverride ?? 'GB18030');
  const preview = useQuery({
    ...ask('facilities', 'previewCharset', { id: device.id, charset: charset || 'GB18030' }),
    enabled: charset !== '',
  });
  const set = useAct('facilities', 'setCharset', { onSuccess: onClose });
  return (
    <Modal
      open
      width={720}
      title={t('charset-title', { name: device.name })}
      okText={t('apply')}
      cancelText={t('cancel')}
      confirmLoading={set.isPending}
      onOk={() => set.mutate({ id: device.id, revision: device.revision, charset: charset || null })}
      onCancel={onClose}
    >
      <p className="dialog-note">{t('charset-note')}</p>
      <Select
        style={{ width: '100%' }}
        aria-label={t('charset')}
        value={charset}
        onChange={setCharset}
        options={[
          { value: '' as const, label: t('as-declared') },
          ...Charset.options.map((value) => ({ value, label: value })),
        ]}
      />
      {charset !== '' && (
        <Loaded query={preview} rows={3}>
          {(rows) =>
            rows.length === 0 ? (
              <Nothing text={t('no-sample')} />
            ) : (
              <Table
                size="small"
                rowKey="studyId"
                pagination={false}
                dataSource={rows}
                columns={[
                  { title: t('date'), dataIndex: 'studyDate', render: dayText },
                  { title: t('before'), dataIndex: 'asIs' },
                  { title: t('after'), dataIndex: 'overridden' },
                ]}
              />
            )
          }
        </Loaded>
      )}
      {set.error && <Failure error={set.error} />}
    </Modal>
  );
}
