import { PhoneOutlined } from '@ant-design/icons';
import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { App, Button } from 'antd';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { useRoomText } from './texts.ts';
import { useSay } from './use-say.ts';

/** Out of the room for oneself, or for everyone. The second is asked back. */
export function LeaveButtons({ room }: { room: RoomClient }) {
  const t = useRoomText();
  const say = useSay();
  const { modal } = App.useApp();
  const you = useRoom(room, (state) => state.you);
  const end = () =>
    modal.confirm({
      title: t('endTitle'),
      content: t('endNote'),
      okText: t('end'),
      okButtonProps: { danger: true },
      onOk: () => say(room.ask('end', {})),
    });
  return (
    <span className="room-leave">
      <Button danger icon={<PhoneOutlined rotate={225} />} onClick={() => void room.leave()} data-testid="leave">
        <span>{t('leave')}</span>
      </Button>
      {you && mayInRoom(you.role, 'end') && (
        <Button danger type="primary" onClick={end} data-testid="end-session">
          {t('end')}
        </Button>
      )}
    </span>
  );
}
