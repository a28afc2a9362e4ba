import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { CharsetDialog } from './charset-dialog.tsx';
import type { Device } from './device.ts';
import { useFacilitiesText } from './texts.ts';

export function DeviceList() {
  const t = useFacilitiesText();
  const may = useMay();
  const [chosen, setChosen] = useState<Device>();
  const devices = useQuery(ask('facilities', 'devices'));
  return (
    <>
      <Loaded query={devices}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('no-devices')} />
          ) : (
            <Table<Device>
              rowKey="id"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={rows}
              columns={[
                { title: t('ae'), dataIndex: 'aeTitle' },
                { title: t('device'), render: (_, row) => [row.name, row.modality].filter(Boolean).join(' · ') },
                {
                  title: t('charset'),
                  render: (_, row) =>
                    row.charsetOverride ? <ToneTag tone="warn">{row.charsetOverride}</ToneTag> : t('as-declared'),
                },
                { title: t('seen'), render: (_, row) => (row.lastSeenAt ? shortTime(row.lastSeenAt) : '—') },
                {
                  title: '',
                  render: (_, row) =>
                    (may('facility:manage') || may('quarantine:decide')) && (
                      <Button size="small" onClick={() => setChosen(row)}>
                        {t('change')}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {chosen && <CharsetDialog device={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
