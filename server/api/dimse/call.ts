import { gather } from './dataset-body.ts';
import type { Exchange } from './exchange.ts';
import { DimseFailure, PeerDisconnected } from './failures.ts';
import type { DimseHandlers, DimseLog } from './handlers.ts';
import type { DimseLimits } from './limits.ts';
import type { Message } from './message-reader.ts';
import { type DimseStatus, statusCode } from './status.ts';

/** One request of the peer while it is being answered. */
export interface Call<A> {
  peer: A;
  message: Message;
  exchange: Exchange;
  handlers: DimseHandlers<A>;
  limits: DimseLimits;
  log: DimseLog;
  /** Aborted by C-CANCEL and by the end of the association. */
  signal: AbortSignal;
}

/** The status a thrown error becomes. What was not meant for the peer is logged and stays here. */
export function statusOf(error: unknown, { log, message }: Pick<Call<unknown>, 'log' | 'message'>): DimseStatus {
  if (error instanceof DimseFailure) return error.status;
  if (!(error instanceof PeerDisconnected)) {
    log.error({ err: error, commandField: message.command.commandField }, 'dimse request failed');
  }
  return { code: statusCode.processingFailure, comment: 'processing failure' };
}

/** The whole of a small data set; an absent one is a DimseFailure. */
export async function gatherDataset({ body }: Message): Promise<Buffer> {
  if (!body) throw new DimseFailure(statusCode.missingAttribute, 'request has no data set');
  return gather(body);
}

/** Waits for the rest of the data set without keeping it: the peer listens for the response only after its last fragment. */
export async function takeRest({ body }: Message): Promise<void> {
  if (!body) return;
  body.discard();
  if (!body.isComplete) await body.settled;
}
