import { VideoCameraOutlined } from '@ant-design/icons';
import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useEffect } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import { shortTime } from '../../../ui/time.ts';
import { useEcgText } from '../texts.ts';
import { isRoomAsked } from './room-asked.ts';
import { useInRoom } from './use-in-room.ts';

/** At the sender's, one key: into the room; to the consultation that still waits; or the call for one. */
export function SenderRoom({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const { message } = App.useApp();
  const ask = useAct('ecg', 'askRoom', { onError: ({ code }) => void message.warning(errorText(code), 5) });
  const { id, consultationId, room } = row;
  const press = () => {
    if (consultationId === null) {
      if (!ask.isPending) ask.mutate({ id });
      return;
    }
    const to = room === 'open' ? '/consultations/$consultationId/room' : '/consultations/$consultationId';
    void navigate({ to, params: { consultationId } });
  };
  useRoomKey(press);
  const isInRoom = useInRoom(consultationId);
  const isAsked = isRoomAsked(row);
  if (isInRoom) return null;
  const text =
    room === 'open' ? 'joinRoom' : room === 'waiting' ? 'seeConsultation' : isAsked ? 'askRoomAgain' : 'askRoom';
  return (
    <Button
      type={room === 'open' ? 'primary' : 'default'}
      icon={<VideoCameraOutlined />}
      onClick={press}
      loading={ask.isPending}
      data-testid={room === 'open' ? 'alarm-room' : room === 'waiting' ? 'alarm-consultation' : 'alarm-ask-room'}
    >
      {t(text)} <kbd>F8</kbd>
    </Button>
  );
}

/** What comes of it: when the room will open. */
export function RoomNote({ row, now }: { row: EcgAlarmRow; now: Date }) {
  const t = useEcgText();
  if (row.room === 'waiting') return <p className="ecg-own-note">{t('roomWaiting')}</p>;
  if (!isRoomAsked(row) || row.roomAskedAt === null) return null;
  return (
    <p className="ecg-own-note" data-testid="room-asked">
      {t('roomAsked', { at: shortTime(row.roomAskedAt, now) })}
    </p>
  );
}

function useRoomKey(press: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.code !== 'F8' || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
