import { useEffect, useRef } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import type { Incoming } from '../../../call/room-state.ts';
import { useTileWidth } from './use-tile-width.ts';

/** A picture that comes in: it flows once it has a place, at the size of that place. */
export function IncomingPicture({ room, incoming, label }: { room: RoomClient; incoming: Incoming; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const { consumerId, track } = incoming;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    room.play(consumerId);
    // A silent picture may always play; where it has to wait for its first frame, it does so by itself.
    void element.play().catch(() => {});
  }, [room, consumerId, track]);
  useTileWidth(video, (width) => room.setTile(consumerId, width));
  return <video ref={video} autoPlay muted playsInline aria-label={label} data-consumer={consumerId} />;
}

interface VoiceProps {
  room: RoomClient;
  incoming: Incoming;
  loudspeaker: string | undefined;
  /** The browser wants to be touched first. */
  onSilent: () => void;
}

/** A voice that comes in, on the loudspeaker that was chosen. */
export function IncomingVoice({ room, incoming, loudspeaker = '', onSilent }: VoiceProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const { consumerId, track } = incoming;
  const latest = useRef(onSilent);
  latest.current = onSilent;
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    room.play(consumerId);
    element.play().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') latest.current();
    });
  }, [room, consumerId, track]);
  useEffect(() => {
    const element = audio.current as
      | (HTMLAudioElement & { sinkId?: string; setSinkId?: (id: string) => Promise<void> })
      | null;
    // Empty is the usual one. Where this cannot be done, the sound stays where it is.
    if (element && loudspeaker !== element.sinkId) void element.setSinkId?.(loudspeaker).catch(() => {});
  }, [loudspeaker]);
  // biome-ignore lint/a11y/useMediaCaption: nobody writes down what is being said just now.
  return <audio ref={audio} autoPlay data-consumer={consumerId} />;
}

/** One's own camera, as in a mirror. */
export function OwnPicture({ track, label }: { track: MediaStreamTrack; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return <video ref={video} className="own-picture" autoPlay muted playsInline aria-label={label} />;
}
