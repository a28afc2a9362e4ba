import { SettingOutlined } from '@ant-design/icons';
import { mayInRoom, type ReceivingStep } from '@lianzhen/contracts/room-signals.ts';
import { Button, Drawer, Radio } from 'antd';
import { useState } from 'react';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { DevicePanel } from '../device-panel.tsx';
import { RecordSetting } from './record-setting.tsx';
import { useRoomText } from './texts.ts';
import { useSay } from './use-say.ts';

/** What is set once: devices, how much picture one wants, the lock, the recording. */
export function MoreMenu({ room, devices }: { room: RoomClient; devices: LocalDevices }) {
  const t = useRoomText();
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const [most, setMost] = useState<ReceivingStep>('full');
  const you = useRoom(room, (state) => state.you);
  const isLocked = useRoom(room, (state) => state.isLocked);
  if (!you) return null;
  const choose = async (step: ReceivingStep) => {
    if (await say(room.ask('chooseStep', { most: step }))) setMost(step);
  };
  return (
    <>
      <Button
        className="room-toggle"
        icon={<SettingOutlined />}
        title={t('settings')}
        onClick={() => setOpen(true)}
        data-testid="room-settings"
      >
        <span>{t('settings')}</span>
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={t('settings')} size={380}>
        <h2 className="consult-sub">{t('most')}</h2>
        <Radio.Group
          className="room-most"
          value={most}
          onChange={(event) => void choose(event.target.value)}
          options={(['full', 'thumbnails', 'stills', 'audio'] as const).map((value) => ({
            value,
            label: t(`most-${value}`),
          }))}
        />
        {mayInRoom(you.role, 'lock') && (
          <>
            <h2 className="consult-sub">{t('door')}</h2>
            <Button onClick={() => void say(room.ask('lock', { isLocked: !isLocked }))} data-testid="lock">
              {t(isLocked ? 'unlock' : 'lock')}
            </Button>
            <p className="muted">{t('lockedNote')}</p>
          </>
        )}
        {mayInRoom(you.role, 'record') && <RecordSetting room={room} />}
        {mayInRoom(you.role, 'speak') && (
          <>
            <h2 className="consult-sub">{t('devices')}</h2>
            <DevicePanel devices={devices} />
          </>
        )}
      </Drawer>
    </>
  );
}
