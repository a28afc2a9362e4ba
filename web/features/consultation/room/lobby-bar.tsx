import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useNames } from '../../../api/vocabulary.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useRoomText } from './texts.ts';
import { useSay } from './use-say.ts';

/** Who waits at the door, for those who may open it. */
export function LobbyBar({ room }: { room: RoomClient }) {
  const t = useRoomText();
  const names = useNames();
  const say = useSay();
  const lobby = useRoom(room, (state) => state.lobby);
  const [refused, setRefused] = useState<{ peerId: string; name: string }>();
  return (
    <>
      {lobby.map(({ peerId, name, role }) => (
        <Alert
          key={peerId}
          banner
          type="info"
          showIcon
          data-testid="waiting"
          title={t('waits', { name, role: names('seatRole', role) })}
          action={
            <Space>
              <Button
                size="small"
                type="primary"
                onClick={() => void say(room.ask('admit', { peerId }))}
                data-testid="admit"
              >
                {t('admit')}
              </Button>
              <Button size="small" onClick={() => setRefused({ peerId, name })}>
                {t('refuse')}
              </Button>
            </Space>
          }
        />
      ))}
      {refused && (
        <ReasonDialog
          isOpen
          title={t('refuseTitle', { name: refused.name })}
          act={t('refuse')}
          isBusy={false}
          error={null}
          onAct={(reason) =>
            void say(room.ask('refuse', { peerId: refused.peerId, reason: reason.slice(0, 200) })).then(() =>
              setRefused(undefined),
            )
          }
          onClose={() => setRefused(undefined)}
        />
      )}
    </>
  );
}
