import type { Source } from '@lianzhen/contracts/room-signals.ts';
import type { DeviceEntry } from './device-choice.ts';
import { contentHint } from './sending.ts';

export interface DeviceLists {
  microphone: readonly DeviceEntry[];
  /** Every camera, the one for the face and the ones for examinations. */
  camera: readonly DeviceEntry[];
  loudspeaker: readonly DeviceEntry[];
}
export const noDevices: DeviceLists = { microphone: [], camera: [], loudspeaker: [] };

/** What is plugged in. Pages that come over plain HTTP from another machine are shown no devices at all. */
export async function listDevices(): Promise<DeviceLists> {
  if (!navigator.mediaDevices) return noDevices;
  const found = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind) =>
    found.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphone: of('audioinput'), camera: of('videoinput'), loudspeaker: of('audiooutput') };
}

/** Three sizes of a face are much to encode for a machine that also shows the images. */
const isModest = navigator.hardwareConcurrency < 4;
const face = isModest ? { width: 960, height: 540, rate: 20 } : { width: 1280, height: 720, rate: 24 };
const sizes = {
  camera: { width: { ideal: face.width }, height: { ideal: face.height }, frameRate: { ideal: face.rate, max: 30 } },
  examination: { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 15, max: 30 } },
};

function constraintsFor(source: Exclude<Source, 'screen'>, id: string | undefined): MediaStreamConstraints {
  const deviceId = id ? { deviceId: { exact: id } } : {};
  if (source === 'microphone')
    return {
      audio: { ...deviceId, echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    };
  return { video: { ...deviceId, ...sizes[source] } };
}

const only = (tracks: MediaStreamTrack[], source: Source): MediaStreamTrack => {
  const [track] = tracks;
  if (!track) throw new DOMException('no track', 'NotFoundError');
  track.contentHint = contentHint(source);
  return track;
};

/** @returns the track of a device, or of any where the one named is gone. Rejects with what the browser says. */
export async function askTrack(
  source: Exclude<Source, 'screen'>,
  device: DeviceEntry | undefined,
): Promise<MediaStreamTrack> {
  const ask = async (id: string | undefined) =>
    only((await navigator.mediaDevices.getUserMedia(constraintsFor(source, id))).getTracks(), source);
  try {
    return await ask(device?.id || undefined);
  } catch (cause) {
    const isGone = cause instanceof DOMException && /OverconstrainedError|NotFoundError/.test(cause.name);
    if (!isGone || !device?.id) throw cause;
    return ask(undefined);
  }
}

/** The screen, as sharp as it is and at few pictures a second. The browser asks which part. */
export async function askScreen(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { max: 5 }, width: { max: 2560 }, height: { max: 1600 } },
    audio: false,
  });
  return only(stream.getVideoTracks(), 'screen');
}
