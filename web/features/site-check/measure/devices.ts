import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';

type State = Measured['camera']['state'];

/** Why a device was not given, in the browsers' own names (W3C Media Capture, 10.2.1). */
export function stateOfRefusal(cause: unknown): State {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'failed';
}

const listenMs = 4000;
/** Speech at arm's length is near -30; the noise of an empty input is below -70. */
const quietDb = -60;

/** Listens for some seconds. `tell` is told the level many times a second, in dB below full scale. */
export async function measureMicrophone(
  tell: (db: number) => void,
  signal: AbortSignal,
): Promise<Measured['microphone']> {
  if (!navigator.mediaDevices) return { state: 'failed', label: '', peakDb: null };
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (cause) {
    return { state: stateOfRefusal(cause), label: '', peakDb: null };
  }
  const context = new AudioContext();
  try {
    const label = stream.getAudioTracks()[0]?.label.slice(0, 120) ?? '';
    const peakDb = await listen(context, stream, tell, signal);
    return { state: peakDb < quietDb ? 'silent' : 'works', label, peakDb: Math.max(-200, Math.round(peakDb)) };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  }
}

async function listen(
  context: AudioContext,
  stream: MediaStream,
  tell: (db: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  await context.resume();
  const samples = new Float32Array(analyser.fftSize);
  let peak = -200;
  const until = performance.now() + listenMs;
  while (performance.now() < until && !signal.aborted) {
    analyser.getFloatTimeDomainData(samples);
    const db = levelOf(samples);
    peak = Math.max(peak, db);
    tell(db);
    await wait(60);
  }
  return peak;
}

/** Root mean square in dB below full scale; silence is -200. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return power <= 1e-20 ? -200 : 10 * Math.log10(power);
}

/** Shows the camera in `screen` for some seconds and looks whether light comes in. */
export async function measureCamera(screen: HTMLVideoElement): Promise<Measured['camera']> {
  const nothing = { label: '', width: 0, height: 0 };
  if (!navigator.mediaDevices) return { state: 'failed', ...nothing };
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 } } });
  } catch (cause) {
    return { state: stateOfRefusal(cause), ...nothing };
  }
  try {
    screen.srcObject = stream;
    await screen.play();
    // A camera needs a moment to find its exposure.
    await wait(1500);
    const { videoWidth: width, videoHeight: height } = screen;
    const label = stream.getVideoTracks()[0]?.label.slice(0, 120) ?? '';
    if (width === 0) return { state: 'failed', label, width, height };
    return { state: isDark(screen) ? 'dark' : 'works', label, width, height };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    screen.srcObject = null;
  }
}

/** A cap on the lens or a dark room: no pixel of a small copy is brighter than a tenth. */
function isDark(screen: HTMLVideoElement): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = 32;
  canvas.height = 18;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return false;
  pen.drawImage(screen, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return data.every((value, at) => at % 4 === 3 || value < 26);
}

/** Two short notes; whoever hears them says so. */
export async function playTone(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const volume = context.createGain();
  volume.gain.value = 0.25;
  volume.connect(context.destination);
  for (const [at, hertz] of [440, 660].entries()) {
    const note = context.createOscillator();
    note.frequency.value = hertz;
    note.connect(volume);
    note.start(context.currentTime + at * 0.45);
    note.stop(context.currentTime + at * 0.45 + 0.4);
  }
  await wait(1100);
  await context.close();
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
