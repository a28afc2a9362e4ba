import { ecgInvalid } from '../../ecg-invalid.ts';

export interface JpegHeader {
  readonly rows: number;
  readonly columns: number;
  /** 1 grey, 3 colour. */
  readonly components: 1 | 3;
  /** The frame marker says how it is coded (ITU-T T.81 table B.1). */
  readonly process: 'baseline' | 'extended' | 'progressive';
  readonly colour: 'grey' | 'ycc' | 'ycc-422' | 'rgb';
}

const processes: Readonly<Record<number, JpegHeader['process']>> = {
  192: 'baseline',
  193: 'extended',
  194: 'progressive',
};
const MAX_PIXELS = 200_000_000;

function fail(where: string, expected: string, found: string, offset: number): never {
  throw ecgInvalid({ format: 'picture', where: `JPEG ${where}`, expected, found, offset });
}

/** Markers that stand alone, without a length. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Frame headers: C0 to CF but for the tables C4, C8 and CC among them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readFrame(bytes: Buffer, marker: number, at: number, end: number, isRgb: boolean): JpegHeader {
  const process = processes[marker];
  if (!process)
    fail('frame header', 'a baseline, extended or progressive frame', `marker FF${marker.toString(16)}`, at);
  if (end - at < 6) fail('frame header', '6 bytes', `${end - at}`, at);
  const [precision, rows, columns, components] = [
    bytes.readUInt8(at),
    bytes.readUInt16BE(at + 1),
    bytes.readUInt16BE(at + 3),
    bytes.readUInt8(at + 5),
  ];
  if (precision !== 8) fail('frame header', '8 bits a sample', `${precision}`, at);
  if (rows === 0 || columns === 0 || rows * columns > MAX_PIXELS) {
    fail('frame header', `a size of 1 to ${MAX_PIXELS} pixels`, `${columns} x ${rows}`, at + 1);
  }
  if (components !== 1 && components !== 3) fail('frame header', '1 or 3 components', `${components}`, at + 5);
  if (end - at < 6 + components * 3) fail('frame header', `${components} components`, 'fewer', at + 6);
  const sampling = bytes.readUInt8(at + 7);
  const ycc = sampling === 0x21 ? 'ycc-422' : 'ycc';
  return { rows, columns, components, process, colour: components === 1 ? 'grey' : isRgb ? 'rgb' : ycc };
}

/** Adobe's segment says by its transform 0 that three components are red, green and blue. */
const isAdobeRgb = (bytes: Buffer, at: number, end: number): boolean =>
  end - at >= 12 && bytes.toString('latin1', at, at + 5) === 'Adobe' && bytes.readUInt8(at + 11) === 0;

/**
 * Size and coding of a JPEG photograph, from its segments up to the first scan; the picture itself is not decoded.
 * @throws HubError ecg-invalid naming the segment and offset, when it is damaged, cut off, or of a kind that is not shown
 */
export function readJpegHeader(bytes: Buffer): JpegHeader {
  let isRgb = false;
  let frame: JpegHeader | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes.readUInt8(at) !== 0xff) fail('segment', 'a marker', `byte ${bytes.readUInt8(at)}`, at);
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff || isAlone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length) fail('segment', 'a length within the file', `${end - at - 2}`, at + 2);
    if (marker === 0xee) isRgb = isAdobeRgb(bytes, at + 4, end);
    if (isFrame(marker)) frame = readFrame(bytes, marker, at + 4, end, isRgb);
    if (marker === 0xda) {
      if (!frame) fail('scan', 'a frame header before it', 'none', at);
      if (bytes.indexOf(Buffer.of(0xff, 0xd9), end) < 0)
        fail('end', 'an end of image', 'the end of the file', bytes.length);
      return frame;
    }
    at = end;
  }
  fail('scan', 'a scan', 'the end of the file', bytes.length);
}
