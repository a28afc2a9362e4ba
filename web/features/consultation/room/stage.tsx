import { Segmented } from 'antd';
import { useMemo } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import type { Incoming } from '../../../call/room-state.ts';
import { useRoom } from '../../../call/use-room.ts';
import type { Consultation } from '../consultation.ts';
import { SharedStudy } from '../picture/shared-study.tsx';
import { studyChoices } from '../picture/study-choices.ts';
import { IncomingPicture, OwnPicture } from './media-element.tsx';
import { useRoomText } from './texts.ts';
import type { StageName } from './use-pane.ts';

interface StageProps {
  room: RoomClient;
  kase: Consultation | undefined;
  stage: StageName;
  pictures: readonly Incoming[];
  /** The camera of an examination at this machine. */
  own: MediaStreamTrack | undefined;
  onStage: (stage: StageName) => void;
}

/** The middle of the room: the shared study, the second picture of somebody, or the people themselves. */
export function Stage({ room, kase, stage, pictures, own, onStage }: StageProps) {
  const t = useRoomText();
  const peers = useRoom(room, (state) => state.peers);
  const studies = useStudies(kase);
  const nameOf = (peerId: string) => peers.find((peer) => peer.peerId === peerId)?.name ?? '';
  const options = [
    ...(studies.length ? [{ value: 'study' as const, label: t('stage-study') }] : []),
    ...pictures.map(({ consumerId, peerId, source }) => ({
      value: `picture:${consumerId}` as const,
      label: t(source === 'screen' ? 'stage-screen' : 'stage-examination', { name: nameOf(peerId) }),
    })),
    ...(own ? [{ value: 'own' as const, label: t('stage-own') }] : []),
    { value: 'people' as const, label: t('stage-people') },
  ];
  const picture = pictures.find(({ consumerId }) => stage === `picture:${consumerId}`);
  return (
    <section className="room-stage" aria-label={t('stage')}>
      {options.length > 1 && (
        <Segmented<StageName>
          aria-label={t('stage')}
          className="room-stage-choice"
          size="small"
          value={stage}
          onChange={onStage}
          options={options}
        />
      )}
      {studies.length > 0 && (
        <div className="room-study" hidden={stage !== 'study'}>
          <SharedStudy room={room} studies={studies} />
        </div>
      )}
      {picture && (
        <div className="room-picture" data-testid="second-picture" data-source={picture.source}>
          <IncomingPicture key={picture.consumerId} room={room} incoming={picture} label={nameOf(picture.peerId)} />
        </div>
      )}
      {own && stage === 'own' && (
        <div className="room-picture" data-testid="own-examination">
          <OwnPicture track={own} label={t('stage-own')} />
        </div>
      )}
    </section>
  );
}

/** The attached studies, under the names by which they are chosen. */
function useStudies(kase: Consultation | undefined) {
  const studies = kase?.attachments.studies;
  return useMemo(() => studyChoices(studies ?? []), [studies]);
}
