import { useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { useSetupText } from './setup-texts.ts';
import { SystemDialog } from './system-dialog.tsx';

type System = Outputs['orders']['senders'][number];

/** The hospital systems whose HL7 messages are taken. */
export function SystemList() {
  const t = useSetupText();
  const [isNew, setNew] = useState(false);
  const systems = useQuery(ask('orders', 'senders'));
  const seen = (row: System) => (row.lastSeenAt ? shortTime(row.lastSeenAt) : '—');
  return (
    <>
      <p className="muted">{t('systems-note')}</p>
      <div className="bar">
        <Button onClick={() => setNew(true)} data-testid="new-system">
          {t('new-system')}
        </Button>
      </div>
      <Loaded query={systems}>
        {(rows) => (
          <Records<System>
            rows={rows}
            total={rows.length}
            page={1}
            pageSize={Math.max(rows.length, 1)}
            onPage={() => {}}
            rowKey={({ id }) => id}
            empty={<Nothing text={t('no-systems')} />}
            columns={[
              { title: t('application'), render: (_, row) => <b>{row.application}</b> },
              { title: t('sending-facility'), dataIndex: 'sendingFacility' },
              { title: t('addresses'), render: (_, row) => <span className="num">{row.addresses.join('  ')}</span> },
              { title: t('seen'), render: (_, row) => <span className="num">{seen(row)}</span> },
              { key: 'remove', render: (_, row) => <Remove system={row} /> },
            ]}
            card={(row) => (
              <div className="stack">
                <div className="spread">
                  <b>
                    {row.application} | {row.sendingFacility}
                  </b>
                  <Remove system={row} />
                </div>
                <span className="num">{row.addresses.join('  ')}</span>
                <span className="muted">
                  {t('seen')} {seen(row)}
                </span>
              </div>
            )}
          />
        )}
      </Loaded>
      {isNew && <SystemDialog onClose={() => setNew(false)} />}
    </>
  );
}

function Remove({ system }: { system: System }) {
  const t = useSetupText();
  const why = useErrorText();
  const { message } = App.useApp();
  const remove = useAct('orders', 'removeSender', {
    onSuccess: () => void message.success(t('saved')),
    onError: (error) => void message.error(why(error.code)),
  });
  return (
    <Popconfirm
      title={t('remove')}
      description={t('remove-note')}
      okText={t('remove')}
      cancelText={t('cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={() => remove.mutate({ id: system.id })}
    >
      <Button size="small" danger loading={remove.isPending}>
        {t('remove')}
      </Button>
    </Popconfirm>
  );
}
