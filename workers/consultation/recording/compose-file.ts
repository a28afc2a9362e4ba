import { join } from 'node:path';
import type { RecordedTile } from '@lianzhen/contracts/recording.ts';
import { runFfmpeg } from './run-ffmpeg.ts';
import { asRecorded, canvas, layTiles, type Tile, tileKey } from './tile-layout.ts';
import type { TrackFile } from './track-files.ts';

const framesPerSecond = 15;

export interface Composed {
  path: string;
  durationMs: number;
  tiles: RecordedTile[];
}

/**
 * One file of all streams: pictures side by side, voices mixed, H.264 and AAC in MP4, which every browser and player of
 * a hospital plays. Times are those in the streams' files, so that nothing is moved against anything else.
 */
export async function composeFile(
  program: string,
  tracks: readonly TrackFile[],
  folder: string,
  signal: AbortSignal,
): Promise<Composed> {
  const tiles = layTiles(tracks.map(({ described }) => described));
  const durationMs = Math.ceil(Math.max(...tracks.map(({ lastMs }) => lastMs)));
  const shown: { path: string; tile: Tile }[] = [];
  for (const track of tracks) {
    const tile = tiles.find(({ key }) => track.described.kind === 'video' && key === tileKey(track.described));
    if (!tile) continue;
    const path = `${track.path}.tile.mkv`;
    await runFfmpeg(program, tileArgs(track, path, tile), signal);
    shown.push({ path, tile });
  }
  const heard = tracks.filter(({ described }) => described.kind === 'audio').map(({ path }) => path);
  const path = join(folder, 'recording.mp4');
  await runFfmpeg(program, wholeArgs(shown, heard, durationMs / 1000, path), signal);
  return { path, durationMs, tiles: tiles.map(asRecorded) };
}

/**
 * A stream's pictures change their size as the sender's link does. Alone, each is brought to the size of its tile; in a
 * graph of many inputs one change would begin the whole graph anew.
 */
function tileArgs({ path: input, described }: TrackFile, output: string, { width, height }: Tile): string[] {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  const pad = `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=${framesPerSecond},format=yuv420p`;
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-g', String(framesPerSecond)];
  // Of layers that follow each other without an index, ffmpeg's own decoder shows the lowest; libvpx shows the last.
  const decoder = described.mimeType.toLowerCase() === 'video/vp9' ? ['-c:v', 'libvpx-vp9'] : [];
  return ['-copyts', ...decoder, '-i', input, '-an', '-vf', `${fit},${pad}`, ...encode, '-threads', '2', output];
}

function wholeArgs(
  shown: readonly { path: string; tile: Tile }[],
  heard: readonly string[],
  seconds: number,
  output: string,
): string[] {
  const inputs = [
    ...shown.flatMap(({ path }) => ['-i', path]),
    // Debian's own decoder conceals what was lost; ffmpeg's built-in one does not.
    ...heard.flatMap((path) => ['-c:a', 'libopus', '-i', path]),
  ];
  const time = seconds.toFixed(3);
  const size = shown.length > 0 ? canvas : { width: 640, height: 360 };
  const ground = `color=c=black:s=${size.width}x${size.height}:r=${framesPerSecond}:d=${time}[ground0]`;
  const overlays = shown.map(
    ({ tile }, n) => `[ground${n}][${n}:v]overlay=x=${tile.x}:y=${tile.y}:eof_action=pass[ground${n + 1}]`,
  );
  // Sound that is 40 ms beside its time is cut or filled. Stretching it softly (async above 1) has made ten seconds too many
  // of a whole stream (ffmpeg 5.1).
  const inTime = 'aresample=48000:async=1:min_hard_comp=0.04:first_pts=0';
  const voices = heard.map((_, n) => `[${shown.length + n}:a]${inTime},aformat=channel_layouts=stereo[voice${n}]`);
  const all = heard.map((_, n) => `[voice${n}]`).join('');
  const mixed = heard.length > 0 ? `${all}amix=inputs=${heard.length}:duration=longest:normalize=0,alimiter` : silence;
  const graph = [ground, ...overlays, ...voices, `${mixed},atrim=end=${time}[sound]`];
  return [
    '-copyts',
    ...inputs,
    ...['-filter_complex', graph.join(';')],
    ...['-map', `[ground${shown.length}]`, '-map', '[sound]'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-pix_fmt', 'yuv420p'],
    // A key frame every two seconds: jumping to an event lands beside it.
    ...['-g', String(framesPerSecond * 2), '-c:a', 'aac', '-b:a', '96k', '-threads', '2'],
    ...['-t', time, '-movflags', '+faststart', output],
  ];
}
const silence = 'anullsrc=r=48000:cl=stereo';
