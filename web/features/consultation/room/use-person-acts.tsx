import { mayInRoom, type PeerView } from '@lianzhen/contracts/room-signals.ts';
import { App, type MenuProps } from 'antd';
import { useState } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useRoomText } from './texts.ts';
import { useSay } from './use-say.ts';

/** What one may do with another person: ask to mute, hand over the lead, ask to leave. */
export function usePersonActs(room: RoomClient, peer: PeerView, isYou: boolean) {
  const t = useRoomText();
  const { message } = App.useApp();
  const say = useSay();
  const [isRemoving, setRemoving] = useState(false);
  const you = useRoom(room, (state) => state.you);
  const isMyLead = useRoom(room, (state) => state.you !== null && state.leadPeerId === state.you.peerId);
  const may = (act: Parameters<typeof mayInRoom>[1]) => you !== null && mayInRoom(you.role, act);
  const { peerId, name } = peer;
  const items: NonNullable<MenuProps['items']> = [];
  const isHeard = peer.sources.some(({ source, isPaused }) => source === 'microphone' && !isPaused);
  if (!isYou && may('askMute') && isHeard)
    items.push({
      key: 'mute',
      label: t('askMute'),
      onClick: () =>
        void say(room.ask('askMute', { peerId })).then((ok) => ok && message.info(t('askedMute', { name }))),
    });
  if (!isYou && isMyLead && mayInRoom(peer.role, 'lead'))
    items.push({ key: 'lead', label: t('giveLead'), onClick: () => void say(room.ask('giveLead', { peerId })) });
  if (!isYou && may('remove'))
    items.push({ key: 'remove', label: t('remove'), danger: true, onClick: () => setRemoving(true) });
  const remove = async (reason: string) => {
    if (await say(room.ask('remove', { peerId, reason }))) setRemoving(false);
  };
  const dialog = isRemoving && (
    <ReasonDialog
      isOpen
      title={t('removeTitle', { name })}
      note={t('removeNote')}
      act={t('remove')}
      isDangerous
      isBusy={false}
      error={null}
      onAct={(reason) => void remove(reason.slice(0, 200))}
      onClose={() => setRemoving(false)}
    />
  );
  return { items, dialog };
}
