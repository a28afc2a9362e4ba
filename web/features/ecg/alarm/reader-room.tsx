import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useAct } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import { shortTime } from '../../../ui/time.ts';
import { useEcgText } from '../texts.ts';
import { isRoomAsked } from './room-asked.ts';
import { useInRoom } from './use-in-room.ts';

/** At the reader's: the way into the room, or the sender's call for one and the consultation that gives it. */
export function ReaderRoom({ row, now }: { row: EcgAlarmRow; now: Date }) {
  const t = useEcgText();
  const { consultationId } = row;
  const isInRoom = useInRoom(consultationId);
  if (isInRoom) return null;
  if (consultationId && row.room === 'open')
    return (
      <Link to="/consultations/$consultationId/room" params={{ consultationId }}>
        {t('joinRoom')}
      </Link>
    );
  if (consultationId)
    return (
      <Link to="/consultations/$consultationId" params={{ consultationId }}>
        {t('seeConsultation')}
      </Link>
    );
  if (!isRoomAsked(row) || row.roomAskedAt === null) return null;
  const by = t('roomAskedBy', { name: row.roomAskedByName ?? '', at: shortTime(row.roomAskedAt, now) });
  return (
    <>
      <b className="ecg-named" role="status" data-testid="room-asked">
        {by}
      </b>
      {row.caseId === null ? <span className="muted">{t('roomNeedsCase')}</span> : <OpenRoom caseId={row.caseId} />}
    </>
  );
}

/** The case becomes a request for a consultation, with everything attached; the sender is let into its room. */
function OpenRoom({ caseId }: { caseId: string }) {
  const t = useEcgText();
  const may = useMay();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const { message } = App.useApp();
  const act = useAct('consultation', 'fromCase', {
    onSuccess: (draft) => void navigate({ to: '/consultations/new', search: { draft: draft.id } }),
    onError: ({ code, details }) => {
      const { id } = details;
      if (code === 'already-exists' && typeof id === 'string')
        void navigate({ to: '/consultations/$consultationId', params: { consultationId: id } });
      else void message.warning(errorText(code), 5);
    },
  });
  if (!may('consultation:request')) return null;
  return (
    <Button size="small" loading={act.isPending} onClick={() => act.mutate({ caseId })} data-testid="open-room">
      {t('openRoom')}
    </Button>
  );
}
