import { Alert, Button } from 'antd';
import { useColon } from '../../../api/texts.ts';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { usePart, useRoom } from '../../../call/use-room.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useRoomText } from './texts.ts';

/** What one has to be told while talking: the link, a device, a wish of the others. Nothing stands here when all is well. */
export function RoomNotes({ room, devices }: { room: RoomClient; devices: LocalDevices }) {
  const t = useRoomText();
  const colon = useColon();
  const phase = useRoom(room, (state) => state.phase);
  const mutedBy = useRoom(room, (state) => state.muteAskedBy);
  const isMuted = usePart(devices, (state) => state.isMuted);
  const note = usePart(devices, (state) => state.note);
  const problems = usePart(devices, (state) => state.problems);
  const sendProblem = useRoom(room, (state) => state.sendProblem);
  const mute = () => {
    devices.mute(true);
    room.putMuteAskedAway();
  };
  return (
    <>
      {phase.name === 'reconnecting' && <Reconnecting since={phase.since} />}
      {mutedBy && !isMuted && (
        <Alert
          banner
          type="info"
          showIcon
          title={t('muteAsked', { name: mutedBy })}
          action={
            <Button size="small" type="primary" onClick={mute}>
              {t('muteNow')}
            </Button>
          }
          closable={{ onClose: room.putMuteAskedAway }}
        />
      )}
      {note && (
        <Alert
          banner
          type={note.replacedBy ? 'info' : 'warning'}
          showIcon
          closable={{ onClose: () => devices.putNoteAway() }}
          title={
            note.replacedBy
              ? t('deviceReplaced', { what: t(`use-${note.source}`), name: note.replacedBy })
              : t('deviceGone', { what: t(`use-${note.source}`) })
          }
        />
      )}
      {(['microphone', 'camera', 'examination', 'screen'] as const).map((source) => {
        const problem = problems[source];
        if (!problem || (note?.source === source && !note.replacedBy)) return null;
        return (
          <Alert
            key={source}
            banner
            type="warning"
            showIcon
            title={`${t(`use-${source}`)}${colon}${t(`problem-${problem}`)}`}
            action={
              <Button size="small" onClick={() => void devices.open(source)}>
                {t('tryAgain')}
              </Button>
            }
          />
        );
      })}
      {sendProblem && (
        <Alert
          banner
          type="warning"
          showIcon
          closable={{ onClose: room.putSendProblemAway }}
          title={t('notSent', { what: t(`use-${sendProblem.source}`) })}
        />
      )}
    </>
  );
}

function Reconnecting({ since }: { since: number }) {
  const t = useRoomText();
  const now = useNow(1000);
  const seconds = Math.max(0, Math.round((now.getTime() - since) / 1000));
  return (
    <Alert
      banner
      type="error"
      showIcon
      role="status"
      data-testid="reconnecting"
      title={t('reconnecting', { n: seconds })}
      description={t('reconnectingNote')}
    />
  );
}
