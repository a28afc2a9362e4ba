import { toProblem } from '../problem.ts';
import { type LoadCodec, startCodec, type WasmCodec, type WasmCodecName } from './codec-modules.ts';

/** Where the WebAssembly file of each codec is; absent where the glue finds it beside itself. */
export type WasmUrls = Partial<Record<WasmCodecName, string>>;

const start: Record<WasmCodecName, (url: string | undefined) => Promise<WasmCodec>> = {
  charls: async (url) =>
    startCodec((await import('@cornerstonejs/codec-charls/decodewasmjs')).default, 'JpegLSDecoder', url),
  openjpeg: async (url) =>
    startCodec((await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default, 'J2KDecoder', url),
  openjph: async (url) =>
    startCodec((await import('@cornerstonejs/codec-openjph/wasmjs')).default, 'HTJ2KDecoder', url),
  'libjpeg-turbo': async (url) =>
    startCodec((await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')).default, 'JPEGDecoder', url),
};

/**
 * A loader that starts each codec once, when the first frame needs it.
 * @throws ViewerProblem codec-missing; the next frame tries again, since a lost connection may be back by then.
 */
export function codecLoader(urls: WasmUrls): LoadCodec {
  const started = new Map<WasmCodecName, Promise<WasmCodec>>();
  return (name) => {
    const before = started.get(name);
    if (before) return before;
    const loading = start[name](urls[name]).catch((cause: unknown) => {
      started.delete(name);
      throw toProblem(cause, 'codec-missing');
    });
    started.set(name, loading);
    return loading;
  };
}
