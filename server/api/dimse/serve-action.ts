import { type Call, gatherDataset, statusOf, takeRest } from './call.ts';
import { commitmentEvent, decodeCommitRequest, notTaken, sendCommitmentResult } from './commitment.ts';
import { DimseFailure, PeerDisconnected } from './failures.ts';
import type { CommitRequest, CommitResult } from './handlers.ts';
import type { Message } from './message-reader.ts';
import { type DimseStatus, statusCode, success } from './status.ts';
import { storageCommitmentInstance, storageCommitmentSopClass } from './uids.ts';

/** Who we are and whom to call back when the association has ended before the result is there. */
export interface CallBack {
  callingAeTitle: string;
  calledAeTitle: string;
  timeoutMs: number;
}

/** What is left to do once a request has been answered; the signal tells that its association has ended. */
export type AfterAnswer = (ended: AbortSignal) => Promise<void>;

const requestCommitment = 1;

/**
 * N-ACTION, storage commitment only (PS3.4 annex J): the request is answered when it has been understood, and the result
 * follows as N-EVENT-REPORT. Resolves with that second half, which no longer counts as an operation, or undefined.
 */
export async function serveAction<A>(call: Call<A>, callBack: CallBack): Promise<AfterAnswer | undefined> {
  let status: DimseStatus = success;
  let request: CommitRequest | undefined;
  try {
    request = await understand(call);
  } catch (error) {
    status = statusOf(error, call);
  }
  await takeRest(call.message);
  await call.exchange.respond(call.message, status, { actionTypeId: call.message.command.actionTypeId });
  return request && ((ended) => commitAndReport({ ...call, signal: ended }, request, callBack));
}

async function understand<A>({ message, handlers, limits }: Call<A>): Promise<CommitRequest> {
  const { requestedSopClassUid, requestedSopInstanceUid, actionTypeId } = message.command;
  if (!handlers.commit || requestedSopClassUid !== storageCommitmentSopClass) {
    throw new DimseFailure(statusCode.noSuchSopClass, 'no action is known for this SOP class');
  }
  if (requestedSopClassUid !== message.context.abstractSyntax) {
    throw new DimseFailure(statusCode.noSuchSopClass, 'SOP class is not the one of its context');
  }
  if (requestedSopInstanceUid !== storageCommitmentInstance) {
    throw new DimseFailure(statusCode.noSuchInstance, 'not the storage commitment instance');
  }
  if (actionTypeId !== requestCommitment) throw new DimseFailure(statusCode.noSuchAction, 'action type is not 1');
  return decodeCommitRequest(await gatherDataset(message), message.context.transferSyntax, limits);
}

async function commitAndReport<A>(call: Call<A>, request: CommitRequest, callBack: CallBack): Promise<void> {
  const { handlers, peer, log } = call;
  let result: CommitResult;
  try {
    result = (await handlers.commit?.(peer, request)) ?? { committed: [], failed: [] };
  } catch (error) {
    const { code: reason } = statusOf(error, call);
    result = { committed: [], failed: request.references.map((reference) => ({ ...reference, reason })) };
  }
  try {
    await report(call, request.transactionUid, result, callBack);
  } catch (cause) {
    log.warn({ err: cause }, 'storage commitment result could not be reported');
    handlers.commitUndelivered?.(peer, request.transactionUid, result, cause);
  }
}

async function report<A>(
  { exchange, message, signal }: Call<A>,
  transactionUid: string,
  result: CommitResult,
  callBack: CallBack,
): Promise<void> {
  let cause: unknown = new PeerDisconnected('association ended before the result was there');
  if (!signal.aborted) {
    const { context } = message;
    const { command, dataset } = commitmentEvent(transactionUid, result, context.transferSyntax);
    try {
      return await onSameAssociation(exchange.ask(context, command, dataset));
    } catch (failure) {
      cause = failure;
    }
  }
  // The peer released or left meanwhile, or would not take it: then, and only then, we call back.
  if (!result.returnTo) throw cause;
  await sendCommitmentResult({ ...callBack, ...result.returnTo }, { transactionUid, ...result });
}

async function onSameAssociation(answers: AsyncGenerator<Message>): Promise<void> {
  for await (const { command, body } of answers) {
    body?.discard();
    if (command.status !== statusCode.success) throw notTaken({ code: command.status ?? statusCode.processingFailure });
  }
}
