import charls from '@cornerstonejs/codec-charls/decodewasm?url';
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjph from '@cornerstonejs/codec-openjph/wasm?url';
import { toProblem } from '../problem.ts';
import { decodeFrame } from './decode-frame.ts';
import { codecLoader } from './load-codec.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-messages.ts';

const load = codecLoader({ charls, openjpeg, openjph, 'libjpeg-turbo': turbo });

// The page's types are in force here, where `self` is a window; only these two of a worker are used.
const port: {
  onmessage: ((event: MessageEvent<WorkerOrder>) => void) | null;
  postMessage(message: WorkerAnswer, options?: { transfer: Transferable[] }): void;
} = self;

port.onmessage = async ({ data: { id, request } }) => {
  try {
    const picture = await decodeFrame(request, load);
    const pixels = picture.kind === 'grey' ? picture.values.buffer : picture.rgba.buffer;
    port.postMessage({ id, picture }, { transfer: [pixels as ArrayBuffer] });
  } catch (cause) {
    const { code, details } = toProblem(cause, 'damaged-stream');
    port.postMessage({ id, problem: { code, details } });
  }
};
