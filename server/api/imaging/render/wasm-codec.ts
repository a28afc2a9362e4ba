import { damaged, requireDrawable, type Samples, unsupported } from './samples.ts';

/** The face that the decoders of the codec packages share; memory behind it is freed by `delete`. */
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned?: boolean };
  decode(): void;
  delete(): void;
  /** JPEG-LS: 0 by plane, 1 by line, 2 by sample. */
  getInterleaveMode?(): number;
}
export interface WasmEncoder {
  getDecodedBuffer(info: {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }): Uint8Array;
  setQuality(quality: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}
type Codec = Record<string, (new () => WasmDecoder) | (new () => WasmEncoder) | undefined>;
export type CodecFactory = (options: {
  print: (text: string) => void;
  printErr: (text: string) => void;
}) => Promise<Codec>;

const packages = {
  'jpeg-ls': async () => (await import('@cornerstonejs/codec-charls/decodewasmjs')).default,
  'jpeg-2000': async () => (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default,
  htj2k: async () => (await import('@cornerstonejs/codec-openjph/wasmjs')).default,
  jpeg: async () => (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs')).default,
} as const;
const decoders = {
  'jpeg-ls': 'JpegLSDecoder',
  'jpeg-2000': 'J2KDecoder',
  htj2k: 'HTJ2KDecoder',
  jpeg: 'JPEGDecoder',
} as const;
export type CodecName = keyof typeof packages;

let said = '';
// The codecs print to the console otherwise.
const keep = (text: string) => {
  if (!text.startsWith('[INFO]')) said = text.slice(0, 200);
};
const started = new Map<CodecName, Promise<Codec>>();

function codec(name: CodecName): Promise<Codec> {
  const starting = started.get(name) ?? packages[name]().then((factory) => factory({ print: keep, printErr: keep }));
  started.set(name, starting);
  return starting;
}

export async function jpegEncoder(): Promise<WasmEncoder> {
  const Encoder = (await codec('jpeg')).JPEGEncoder as new () => WasmEncoder;
  return new Encoder();
}

/**
 * @param isRgb whether the codec itself undoes the colour transform
 * @throws HubError with the codec's own words
 */
export async function wasmSamples(name: CodecName, bytes: Uint8Array, isRgb: boolean): Promise<Samples> {
  const Decoder = (await codec(name))[decoders[name]] as new () => WasmDecoder;
  const decoder = new Decoder();
  said = '';
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    run(decoder, name);
    return copyOf(decoder, name, isRgb);
  } finally {
    decoder.delete();
  }
}

function run(decoder: WasmDecoder, name: CodecName): void {
  try {
    decoder.decode();
  } catch (cause) {
    // Exceptions of C++ arrive as a number, an address that means nothing to anyone.
    damaged(`${name}: ${said || (cause instanceof Error ? cause.message : 'cannot be decoded')}`, cause);
  }
}

function copyOf(decoder: WasmDecoder, name: CodecName, isRgb: boolean): Samples {
  const { width: columns, height: rows, componentCount: components, bitsPerSample, isSigned } = decoder.getFrameInfo();
  requireDrawable(rows, columns);
  if (bitsPerSample < 1 || bitsPerSample > 16) unsupported(`${name} with ${bitsPerSample} bits`);
  const isWide = bitsPerSample > 8;
  const expected = columns * rows * components * (isWide ? 2 : 1);
  const memory = decoder.getDecodedBuffer();
  if (memory.length < expected) damaged(`${name}: ${memory.length} bytes of ${expected}`);
  const { buffer } = new Uint8Array(memory.subarray(0, expected));
  const wide = () => (isSigned ? new Int16Array(buffer) : new Uint16Array(buffer));
  const values = isWide ? wide() : isSigned ? new Int8Array(buffer) : new Uint8Array(buffer);
  const isPlanar = components > 1 && decoder.getInterleaveMode?.() === 0;
  return { rows, columns, components, values, isPlanar, isRgb: isRgb && components === 3 };
}
