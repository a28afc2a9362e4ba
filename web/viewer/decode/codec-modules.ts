/** The face that the four WebAssembly codecs share; memory behind it is freed by `delete`. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  decode(): void;
  delete(): void;
  /** JPEG-LS: 0 by plane, 1 by line, 2 by sample. */
  getInterleaveMode?(): number;
  /** JPEG-LS: greatest error of a sample. */
  getNearLossless?(): number;
  /** JPEG 2000: the integer wavelet, which can be lossless. */
  getIsReversible?(): boolean;
}

export type WasmCodecName = 'charls' | 'openjpeg' | 'openjph' | 'libjpeg-turbo';

export interface WasmCodec {
  createDecoder(): WasmDecoder;
  /** The last message the codec printed, which says more than the number it throws. */
  lastMessage(): string;
}

/** Loads a codec the first time a frame needs it; the browser and the tests find the files in different ways. */
export type LoadCodec = (name: WasmCodecName) => Promise<WasmCodec>;

type EmscriptenModule = Record<string, (new () => WasmDecoder) | undefined>;

/** The function each codec package exports. */
export type EmscriptenFactory = (options: {
  locateFile?: (name: string) => string;
  print: (text: string) => void;
  printErr: (text: string) => void;
}) => Promise<EmscriptenModule>;

/** Starts one codec and keeps what it prints, since it prints to the console otherwise. */
export async function startCodec(factory: EmscriptenFactory, className: string, wasmUrl?: string): Promise<WasmCodec> {
  let message = '';
  const keep = (text: string) => {
    if (!text.startsWith('[INFO]')) message = text.slice(0, 200);
  };
  const locateFile = wasmUrl === undefined ? {} : { locateFile: () => wasmUrl };
  const loaded = await factory({ ...locateFile, print: keep, printErr: keep });
  const Decoder = loaded[className];
  if (!Decoder) throw new Error(`codec without ${className}`);
  return {
    createDecoder: () => {
      message = '';
      return new Decoder();
    },
    lastMessage: () => message,
  };
}
