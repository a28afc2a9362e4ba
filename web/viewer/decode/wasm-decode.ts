import { ViewerProblem } from '../problem.ts';
import type { WasmCodec, WasmDecoder } from './codec-modules.ts';
import { requireDrawable } from './limits.ts';
import type { Samples } from './picture-types.ts';

/**
 * Runs a WebAssembly codec over one frame and copies the samples out of its memory.
 * @param isRgb whether the codec itself has undone the colour transform.
 * @throws ViewerProblem damaged-stream with the codec's own words, too-large.
 */
export function decodeWithWasm(codec: WasmCodec, bytes: Uint8Array, name: string, isRgb: boolean): Samples {
  const decoder = codec.createDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    run(decoder, codec, name);
    return readSamples(decoder, codec, name, isRgb);
  } finally {
    decoder.delete();
  }
}

function run(decoder: WasmDecoder, codec: WasmCodec, name: string): void {
  try {
    decoder.decode();
  } catch (cause) {
    // Exceptions of C++ arrive as a number, an address that means nothing to anyone.
    const reason = codec.lastMessage() || (cause instanceof Error ? cause.message : '');
    throw new ViewerProblem('damaged-stream', { reason: reason ? `${name}: ${reason}` : name }, cause);
  }
}

function readSamples(decoder: WasmDecoder, codec: WasmCodec, name: string, isRgb: boolean): Samples {
  const info = decoder.getFrameInfo();
  const { width: columns, height: rows, componentCount: components, bitsPerSample } = info;
  if (columns === 0 || rows === 0) {
    throw new ViewerProblem('damaged-stream', { reason: [name, codec.lastMessage()].filter(Boolean).join(': ') });
  }
  requireDrawable(columns, rows);
  if (bitsPerSample < 1 || bitsPerSample > 16) {
    throw new ViewerProblem('unsupported-stream', { what: `${name}, ${bitsPerSample} bit` });
  }
  const expected = columns * rows * components * (bitsPerSample > 8 ? 2 : 1);
  const memory = decoder.getDecodedBuffer();
  if (memory.length < expected) throw new ViewerProblem('truncated', { expected, found: memory.length });
  const copy = new Uint8Array(memory.subarray(0, expected));
  const isSigned = info.isSigned === true;
  return {
    columns,
    rows,
    components,
    values: bitsPerSample > 8 ? wide(copy.buffer, isSigned) : isSigned ? new Int8Array(copy.buffer) : copy,
    isPlanar: components > 1 && decoder.getInterleaveMode?.() === 0,
    isRgb: isRgb && components === 3,
    precision: bitsPerSample,
    isSigned,
    isLossy: (decoder.getNearLossless?.() ?? 0) > 0 || decoder.getIsReversible?.() === false,
  };
}

const wide = (buffer: ArrayBuffer, isSigned: boolean) => (isSigned ? new Int16Array(buffer) : new Uint16Array(buffer));
