import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../dimse-tools.ts';
import { blueInk, type InkPicture } from './picture.ts';

/**
 * PixelMed's viewer is the one program of Debian that draws electrocardiograms without a screen, DICOM and SCP-ECG both:
 * dcmtk draws no waveform, biosig's tools only convert, and sigviewer and edfbrowser are windows. It needs a Java
 * runtime, and no smaller Java than `default-jre-headless` is packaged; that one also holds the compiler which starts a
 * source file, so that neither a JDK nor a compiled file is needed.
 */
const library = '/usr/share/java/pixelmed.jar';
const program = join(import.meta.dirname, 'draw-with-pixelmed.java');
export const artefacts = join(import.meta.dirname, '../../artefacts/peers');

/** Says by name what is missing. */
export function canDraw(): boolean {
  const missing = [
    ...(spawnSync('java', ['-version']).status === 0 ? [] : ['java (default-jre-headless)']),
    ...(existsSync(library) ? [] : ['pixelmed (libpixelmed-java)']),
  ];
  if (missing.length > 0) console.log(`skipped: ${missing.join(', ')} not installed`);
  return missing.length === 0;
}

/** Pixels to a millimetre of paper. The viewer's pen is one and a half pixels wide. */
export const pxPerMm = 20;
export const penPx = 1.5;

/** A row of the picture for each lead. Zero is in the middle of it, and the time asked for at its left edge. */
export interface TheirDrawing {
  readonly picture: InkPicture;
  /** Upper edge of the row of each lead, by its name without the words before it. */
  readonly topOf: ReadonlyMap<string, number>;
  readonly rowPx: number;
}

export interface DrawingOrder {
  /** Names the picture that is kept. */
  readonly name: string;
  readonly format: 'dicom' | 'scp';
  readonly bytes: Buffer;
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  readonly startMs: number;
  readonly durationMs: number;
  /** Higher than the highest lead: PixelMed lets a beat run into the next row. */
  readonly rowMm: number;
}

/** Lets PixelMed read and draw a file. The picture stays among the artefacts as `<name>-pixelmed.png`. */
export async function theirDrawing(order: DrawingOrder): Promise<TheirDrawing> {
  const { name, format, startMs } = order;
  const folder = await temporaryFolder();
  const [file, bitmap] = [join(folder, 'trace'), join(folder, 'picture.bmp')];
  writeFileSync(file, order.bytes);
  mkdirSync(artefacts, { recursive: true });
  const pxPerMs = (order.speedMmPerS * pxPerMm) / 1000;
  const pxPerMv = order.gainMmPerMv * pxPerMm;
  const rowPx = Math.ceil(order.rowMm) * pxPerMm;
  // A little more than asked for, because it leaves out the last sample of a full row.
  const widthPx = Math.ceil(order.durationMs * pxPerMs) + 2 * pxPerMm;
  const size = [pxPerMs, pxPerMv, startMs, widthPx, rowPx].map(String);
  const pictures = [join(artefacts, `${name}-pixelmed.png`), bitmap];
  const { status, stdout, stderr } = spawnSync(
    'java',
    ['-Djava.awt.headless=true', '-Xmx1g', '-cp', library, program, format, file, ...size, ...pictures],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`PixelMed drew nothing: ${stderr}`);
  const picture = blueInk(readFileSync(bitmap));
  rmSync(bitmap);
  // What it finds odd in the file stands before the names.
  const names = stdout.trim().split('\n');
  const topOf = new Map(names.slice(-picture.height / rowPx).map((line, row) => [leadOf(line), row * rowPx]));
  return { picture, topOf, rowPx };
}

/** `II`, `Lead II II` or `II (2)`: what the code means, the label of the channel, its number. */
const leadOf = (name: string): string =>
  name
    .replace(/ *\(\d+\)$/, '')
    .split(' ')
    .at(-1) ?? '';
