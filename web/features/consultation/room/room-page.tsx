import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { useNarrow } from '../../../ui/use-narrow.ts';
import type { Consultation } from '../consultation.ts';
import type { SeatFiles } from '../files/seat-files.ts';
import { Controls } from './controls.tsx';
import { LobbyBar } from './lobby-bar.tsx';
import { OverPage, WaitPage } from './phase-page.tsx';
import { RoomNotes } from './room-notes.tsx';
import { RoomStrip } from './room-strip.tsx';
import { SidePanel } from './side-panel.tsx';
import { Stage } from './stage.tsx';
import { useRoomText } from './texts.ts';
import { Tiles } from './tiles.tsx';
import { type Pane, usePane } from './use-pane.ts';

interface RoomPageProps {
  room: RoomClient;
  devices: LocalDevices;
  files: SeatFiles;
  /** Empty for who has no account, and until it is read. */
  kase: Consultation | undefined;
  /** There is a case to go back to; a guest has none. */
  hasCase: boolean;
  onAgain: () => void;
  onBack: () => void;
}

/** The room: who is there, what is looked at, what is said and written, and what one can do. */
export function RoomPage({ room, devices, files, kase, hasCase, onAgain, onBack }: RoomPageProps) {
  const phase = useRoom(room, (state) => state.phase);
  if (phase.name === 'over') return <OverPage phase={phase} hasCase={hasCase} onAgain={onAgain} onBack={onBack} />;
  const isIn = phase.name === 'in' || (phase.name === 'reconnecting' && phase.wasIn);
  if (!isIn) return <WaitPage phase={phase} devices={devices} onLeave={() => void room.leave()} />;
  return <OpenRoom room={room} devices={devices} files={files} kase={kase} />;
}

function OpenRoom({ room, devices, files, kase }: Pick<RoomPageProps, 'room' | 'devices' | 'files' | 'kase'>) {
  const isNarrow = useNarrow();
  const [isSilent, setSilent] = useState(false);
  const { pane, setPane, stage, setStage, pictures, own } = usePane(room, devices, kase);
  const shown: Pane = isNarrow ? pane : 'stage';
  return (
    <div className={`room room-on-${shown} ${stage === 'people' ? 'room-people' : ''}`} data-testid="room">
      <RoomStrip room={room} kase={kase} />
      <div className="room-notes">
        <RoomNotes room={room} devices={devices} />
        <LobbyBar room={room} />
        {isSilent && <SoundBlocked onPlayed={() => setSilent(false)} />}
      </div>
      <div className="room-main">
        <Tiles room={room} devices={devices} onSilent={() => setSilent(true)} />
        <Stage room={room} kase={kase} stage={stage} pictures={pictures} own={own} onStage={setStage} />
        <SidePanel room={room} files={files} kase={kase} pane={pane} />
      </div>
      <Controls room={room} devices={devices} kase={kase} pane={pane} onPane={setPane} />
    </div>
  );
}

/** A browser that lets a page speak only once it was touched. */
function SoundBlocked({ onPlayed }: { onPlayed: () => void }) {
  const t = useRoomText();
  const play = async () => {
    for (const audio of document.querySelectorAll<HTMLAudioElement>('.room audio')) await audio.play();
    onPlayed();
  };
  return (
    <Alert
      banner
      type="warning"
      showIcon
      title={t('soundBlocked')}
      action={
        <Button size="small" type="primary" onClick={() => void play()}>
          {t('soundOn')}
        </Button>
      }
    />
  );
}
