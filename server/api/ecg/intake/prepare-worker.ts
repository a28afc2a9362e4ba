import { parentPort } from 'node:worker_threads';
import { type ErrorCode, type ErrorDetails, HubError } from '@lianzhen/contracts/errors.ts';
import { type PreparedTrace, type PrepareTask, prepareTrace } from './prepare-trace.ts';

export type PrepareAnswer = { prepared: PreparedTrace } | { code: ErrorCode; details: ErrorDetails };

/** An error as plain data. Whatever a reader throws that nobody foresaw is the file's fault, as far as one can tell. */
function asAnswer(cause: unknown): PrepareAnswer {
  if (cause instanceof HubError) return { code: cause.code, details: cause.details };
  const found = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown';
  return { code: 'ecg-invalid', details: { where: 'file', expected: 'a recording that can be read', found } };
}

parentPort?.on('message', async (task: PrepareTask) => {
  const answer = await prepareTrace(task).then((prepared): PrepareAnswer => ({ prepared }), asAnswer);
  parentPort?.postMessage(answer);
});
