import { LockOutlined } from '@ant-design/icons';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { useNow } from '../../../ui/use-now.ts';
import type { Consultation } from '../consultation.ts';
import { Person } from '../consultation-row.tsx';
import { clockText } from './clock-text.ts';
import { useRoomText } from './texts.ts';

/** Whose consultation it is, for how long it has been going on, and what everyone has to know of it. */
export function RoomStrip({ room, kase }: { room: RoomClient; kase: Consultation | undefined }) {
  const t = useRoomText();
  const startedAt = useRoom(room, (state) => state.startedAt);
  const isRecording = useRoom(room, (state) => state.isRecording);
  const isLocked = useRoom(room, (state) => state.isLocked);
  const media = useRoom(room, (state) => state.media);
  const now = useNow(1000);
  return (
    <header className="room-strip">
      <h1>{kase ? <Person row={kase} /> : t('room')}</h1>
      {kase && <span className="room-strip-note num">{kase.number}</span>}
      <span className="room-strip-space" />
      {isRecording && (
        <span className="room-recording" role="status" data-testid="recording">
          {t('recording')}
        </span>
      )}
      {isLocked && (
        <span title={t('lockedNote')}>
          <LockOutlined /> {t('locked')}
        </span>
      )}
      <span className="room-media" data-testid="media" data-media={media}>
        {t(`media-${media}`)}
      </span>
      {startedAt && (
        <time className="num" title={t('duration')}>
          {clockText(now.getTime() - Date.parse(startedAt))}
        </time>
      )}
    </header>
  );
}
