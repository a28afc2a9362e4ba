import { pickLoudspeaker } from '../../../call/device-choice.ts';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { usePart, useRoom } from '../../../call/use-room.ts';
import { IncomingPicture, IncomingVoice, OwnPicture } from './media-element.tsx';
import { useRoomText } from './texts.ts';
import { Tile } from './tile.tsx';

interface TilesProps {
  room: RoomClient;
  devices: LocalDevices;
  onSilent: () => void;
}

/** Everyone in the room, oneself last. */
export function Tiles({ room, devices, onSilent }: TilesProps) {
  const t = useRoomText();
  const you = useRoom(room, (state) => state.you);
  const peers = useRoom(room, (state) => state.peers);
  const incoming = useRoom(room, (state) => state.incoming);
  const speakers = useRoom(room, (state) => state.speakers);
  const leadPeerId = useRoom(room, (state) => state.leadPeerId);
  const tracks = usePart(devices, (state) => state.tracks);
  const loudspeaker = usePart(
    devices,
    ({ lists, chosen }) => pickLoudspeaker(lists.loudspeaker, chosen.loudspeaker)?.id,
  );
  return (
    <section className="room-tiles" aria-label={t('people')}>
      {peers.map((peer) => {
        const camera = incoming.find(({ peerId, source }) => peerId === peer.peerId && source === 'camera');
        const voice = incoming.find(({ peerId, source }) => peerId === peer.peerId && source === 'microphone');
        return (
          <Tile
            key={peer.peerId}
            room={room}
            peer={peer}
            hasPicture={camera !== undefined && !camera.isPaused.sender}
            isStill={camera?.isPaused.step ?? false}
            isSpeaking={speakers.includes(peer.peerId)}
            isLead={leadPeerId === peer.peerId}
          >
            {camera && <IncomingPicture key={camera.consumerId} room={room} incoming={camera} label={peer.name} />}
            {voice && (
              <IncomingVoice
                key={voice.consumerId}
                room={room}
                incoming={voice}
                loudspeaker={loudspeaker}
                onSilent={onSilent}
              />
            )}
          </Tile>
        );
      })}
      {you && (
        <Tile
          room={room}
          peer={you}
          isYou
          hasPicture={tracks.camera !== undefined}
          isStill={false}
          isSpeaking={speakers.includes(you.peerId)}
          isLead={leadPeerId === you.peerId}
        >
          {tracks.camera ? (
            <OwnPicture track={tracks.camera} label={t('you')} />
          ) : (
            // biome-ignore lint/a11y/useMediaCaption: an empty place, so that every tile holds its element.
            <video hidden />
          )}
        </Tile>
      )}
    </section>
  );
}
