import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { CharsetDialog } from './charset-dialog.tsx';
import type { Device } from './device.ts';
import { DeviceDialog } from './device-dialog.tsx';
import { useSetupText } from './setup-texts.ts';
import { useFacilitiesText } from './texts.ts';

type Open = { what: 'charset'; device: Device } | { what: 'device'; device?: Device };

export function DeviceList() {
  const t = useFacilitiesText();
  const setup = useSetupText();
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const devices = useQuery(ask('facilities', 'devices'));
  const named = (row: Device) => [row.name, row.modality].filter(Boolean).join(' · ');
  const seen = (row: Device) => (row.lastSeenAt ? shortTime(row.lastSeenAt) : '—');
  const acts = (device: Device) => (
    <Space wrap>
      {may('facility:manage') && (
        <Button size="small" onClick={() => setOpen({ what: 'device', device })}>
          {setup('edit')}
        </Button>
      )}
      {may('quarantine:decide') && (
        <Button size="small" onClick={() => setOpen({ what: 'charset', device })}>
          {t('change')}
        </Button>
      )}
    </Space>
  );
  return (
    <>
      {may('facility:manage') && (
        <div className="bar">
          <Button onClick={() => setOpen({ what: 'device' })} data-testid="new-device">
            {setup('new-device')}
          </Button>
        </div>
      )}
      <Loaded query={devices}>
        {(rows) => (
          <Records<Device>
            rows={rows}
            total={rows.length}
            page={1}
            pageSize={Math.max(rows.length, 1)}
            onPage={() => {}}
            rowKey={({ id }) => id}
            rowProps={({ aeTitle }) => ({ 'data-ae': aeTitle })}
            empty={<Nothing text={setup('no-devices')} />}
            columns={[
              { title: t('ae'), render: (_, row) => <Title device={row} /> },
              { title: t('device'), render: (_, row) => named(row) },
              { title: t('charset'), render: (_, row) => <CharsetOf device={row} /> },
              { title: t('seen'), render: (_, row) => <span className="num">{seen(row)}</span> },
              { key: 'acts', render: (_, row) => acts(row) },
            ]}
            card={(row) => (
              <div className="stack">
                <div className="spread">
                  <Title device={row} />
                  <CharsetOf device={row} />
                </div>
                <span>{named(row)}</span>
                <span className="muted">
                  {t('seen')} {seen(row)}
                </span>
                {acts(row)}
              </div>
            )}
          />
        )}
      </Loaded>
      {open?.what === 'charset' && <CharsetDialog device={open.device} onClose={() => setOpen(undefined)} />}
      {open?.what === 'device' && <DeviceDialog device={open.device} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Title({ device }: { device: Device }) {
  const t = useSetupText();
  return (
    <span>
      <b>{device.aeTitle}</b> {!device.enabled && <ToneTag tone="quiet">{t('disabled')}</ToneTag>}
    </span>
  );
}

function CharsetOf({ device }: { device: Device }) {
  const t = useFacilitiesText();
  if (!device.charsetOverride) return <span className="muted">{t('as-declared')}</span>;
  return <ToneTag tone="warn">{device.charsetOverride}</ToneTag>;
}
