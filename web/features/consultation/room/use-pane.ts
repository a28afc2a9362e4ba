import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { useState } from 'react';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import type { Incoming } from '../../../call/room-state.ts';
import { usePart, useRoom } from '../../../call/use-room.ts';
import type { Consultation } from '../consultation.ts';

/** On a phone, one in place of the other. */
export type Pane = 'stage' | 'chat' | 'opinion';
/** What fills the middle: the shared picture, the people, one's own second picture, or somebody's, by its consumer. */
export type StageName = 'study' | 'people' | 'own' | `picture:${string}`;

export const isSecondPicture = ({ source }: Pick<Incoming, 'source'>): boolean =>
  source === 'examination' || source === 'screen';

/** Which part of the room is large. A second picture that begins comes forward unless a study is being looked at. */
export function usePane(room: RoomClient, devices: LocalDevices, kase: Consultation | undefined) {
  const [pane, setPane] = useState<Pane>('stage');
  const [chosen, setStage] = useState<StageName>();
  const incoming = useRoom(room, (state) => state.incoming);
  const role = useRoom(room, (state) => state.you?.role);
  const isOpened = useRoom(room, (state) => state.view.studyUid !== null);
  const pictures = incoming.filter(isSecondPicture);
  // Whoever holds the camera to something has to see what the others see of it.
  const own = usePart(devices, (state) => state.tracks.examination);
  const hasStudies = Boolean(kase?.attachments.studies.length) && role !== undefined && mayInRoom(role, 'view');
  const newest = pictures.at(-1);
  const second: StageName | undefined = newest ? `picture:${newest.consumerId}` : own && 'own';
  const proposed: StageName = second && !isOpened ? second : hasStudies ? 'study' : 'people';
  const isThere =
    chosen === 'people' ||
    (chosen === 'own' && own !== undefined) ||
    (chosen === 'study' && hasStudies) ||
    pictures.some(({ consumerId }) => chosen === `picture:${consumerId}`);
  const stage: StageName = chosen && isThere ? chosen : proposed;
  return { pane, setPane, stage, setStage, pictures, own, hasStudies };
}
