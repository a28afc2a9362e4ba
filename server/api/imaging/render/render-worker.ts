import { parentPort } from 'node:worker_threads';
import { type ErrorCode, type ErrorDetails, HubError } from '@lianzhen/contracts/errors.ts';
import { type RenderTask, renderFrame } from './render-frame.ts';

export type RenderAnswer = { bytes: Uint8Array } | { code: ErrorCode; details: ErrorDetails };

/** An error as plain data. Whatever a decoder throws that nobody foresaw is the stream's fault, as far as one can tell. */
function asAnswer(cause: unknown): RenderAnswer {
  if (cause instanceof HubError) return { code: cause.code, details: cause.details };
  const reason = cause instanceof Error ? cause.message.slice(0, 200) : 'the frame cannot be decoded';
  return { code: 'dicom-invalid', details: { reason } };
}

parentPort?.on('message', async (task: RenderTask) => {
  const answer = await renderFrame(task).then((bytes): RenderAnswer => ({ bytes }), asAnswer);
  parentPort?.postMessage(answer);
});
