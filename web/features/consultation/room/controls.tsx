import {
  AudioMutedOutlined,
  AudioOutlined,
  CommentOutlined,
  DesktopOutlined,
  FileTextOutlined,
  MedicineBoxOutlined,
  PictureOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import { mayInRoom, type RoomAct } from '@lianzhen/contracts/room-signals.ts';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { usePart, useRoom } from '../../../call/use-room.ts';
import { useNarrow } from '../../../ui/use-narrow.ts';
import type { Consultation } from '../consultation.ts';
import { HandIcon } from './hand-icon.tsx';
import { LeaveButtons } from './leave-buttons.tsx';
import { MoreMenu } from './more-menu.tsx';
import { useRoomText } from './texts.ts';
import type { Pane } from './use-pane.ts';
import { useRoomKeys } from './use-room-keys.ts';
import { useSay } from './use-say.ts';
import { useUnread } from './use-unread.ts';

interface ControlsProps {
  room: RoomClient;
  devices: LocalDevices;
  kase: Consultation | undefined;
  pane: Pane;
  onPane: (pane: Pane) => void;
}

/** Everything one does with oneself in the room, each with its key. */
export function Controls({ room, devices, kase, pane, onPane }: ControlsProps) {
  const t = useRoomText();
  const isNarrow = useNarrow();
  const say = useSay();
  const you = useRoom(room, (state) => state.you);
  const { tracks, isMuted } = usePart(devices, (state) => state);
  const may = (act: RoomAct) => you !== null && mayInRoom(you.role, act);
  const isHandUp = you?.hasHandUp ?? false;
  const toggle = (source: 'camera' | 'examination' | 'screen') =>
    tracks[source] ? devices.close(source) : void devices.open(source);
  const mute = () => {
    if (tracks.microphone) devices.mute(!isMuted);
    else void devices.open('microphone');
  };
  const hand = () => void say(room.ask('raiseHand', { isUp: !isHandUp }));
  const keys: Record<string, () => void> = { h: hand };
  if (may('speak')) {
    keys.m = mute;
    keys.v = () => toggle('camera');
    keys.x = () => toggle('examination');
  }
  if (may('shareScreen')) keys.s = () => toggle('screen');
  useRoomKeys(keys);
  const isHeard = tracks.microphone !== undefined && !isMuted;
  return (
    <footer className="room-controls">
      {isNarrow && <PaneChoice room={room} pane={pane} onPane={onPane} kase={kase} />}
      <div className="room-buttons">
        {may('speak') && (
          <>
            <Toggle
              name={t(isHeard ? 'mute' : 'unmute')}
              chord="Alt+M"
              isOn={isHeard}
              isBad={!isHeard}
              sign={isHeard ? <AudioOutlined /> : <AudioMutedOutlined />}
              testId="mute"
              onPress={mute}
            />
            <Toggle
              name={t(tracks.camera ? 'cameraOff' : 'cameraOn')}
              chord="Alt+V"
              isOn={tracks.camera !== undefined}
              sign={<VideoCameraOutlined />}
              testId="camera"
              onPress={() => toggle('camera')}
            />
            <Toggle
              name={t(tracks.examination ? 'examinationOff' : 'examinationOn')}
              chord="Alt+X"
              isOn={tracks.examination !== undefined}
              sign={<MedicineBoxOutlined />}
              testId="examination"
              onPress={() => toggle('examination')}
            />
          </>
        )}
        {may('shareScreen') && !isNarrow && (
          <Toggle
            name={t(tracks.screen ? 'screenOff' : 'screenOn')}
            chord="Alt+S"
            isOn={tracks.screen !== undefined}
            sign={<DesktopOutlined />}
            testId="screen"
            onPress={() => toggle('screen')}
          />
        )}
        <Toggle
          name={t(isHandUp ? 'handDown' : 'handRaise')}
          chord="Alt+H"
          isOn={isHandUp}
          sign={<HandIcon />}
          testId="hand"
          onPress={hand}
        />
        <MoreMenu room={room} devices={devices} />
        <LeaveButtons room={room} />
      </div>
    </footer>
  );
}

interface ToggleProps {
  name: string;
  chord: string;
  isOn: boolean;
  isBad?: boolean;
  sign: ReactNode;
  testId: string;
  onPress: () => void;
}

function Toggle({ name, chord, isOn, isBad = false, sign, testId, onPress }: ToggleProps) {
  return (
    <Button
      className={`room-toggle ${isOn ? 'room-toggle-on' : ''} ${isBad ? 'room-toggle-bad' : ''}`}
      icon={sign}
      aria-pressed={isOn}
      aria-keyshortcuts={chord}
      title={`${name}  ${chord}`}
      onClick={onPress}
      data-testid={testId}
    >
      <span>{name}</span>
    </Button>
  );
}

function PaneChoice({ room, pane, onPane, kase }: Pick<ControlsProps, 'room' | 'pane' | 'onPane' | 'kase'>) {
  const t = useRoomText();
  const unread = useUnread(room, pane === 'chat');
  const hasOpinion = kase !== undefined && (kase.acts.includes('write-opinion') || kase.latestVersionId !== null);
  return (
    <Segmented<Pane>
      aria-label={t('pane')}
      block
      value={pane}
      onChange={onPane}
      options={[
        { value: 'stage', label: t('pane-stage'), icon: <PictureOutlined /> },
        {
          value: 'chat',
          label: (
            <>
              {t('pane-chat')}
              {unread > 0 && (
                <span
                  className="room-unread"
                  role="status"
                  aria-label={t('unread', { n: unread })}
                  data-testid="unread"
                >
                  {unread}
                </span>
              )}
            </>
          ),
          icon: <CommentOutlined />,
        },
        ...(hasOpinion ? [{ value: 'opinion' as const, label: t('pane-opinion'), icon: <FileTextOutlined /> }] : []),
      ]}
    />
  );
}
