import { type Call, statusOf, takeRest } from './call.ts';
import { DimseFailure } from './failures.ts';
import { type DimseStatus, statusCode } from './status.ts';
import { isUid } from './uids.ts';

/** C-STORE (PS3.7 §9.1.1, PS3.4 annex B): the handler reads the body; its status answers, for this instance alone. */
export async function serveStore<A>(call: Call<A>): Promise<void> {
  const { message, exchange } = call;
  const status = await store(call);
  await takeRest(message);
  // A data set that was too long stays refused, whatever the handler made of the error its body threw.
  const failure = message.body?.failure;
  await exchange.respond(message, failure instanceof DimseFailure ? failure.status : status);
}

async function store<A>(call: Call<A>): Promise<DimseStatus> {
  const { command, context, body } = call.message;
  const { affectedSopClassUid, affectedSopInstanceUid, moveOriginatorAeTitle, moveOriginatorMessageId } = command;
  if (!isUid(affectedSopInstanceUid)) {
    return { code: statusCode.invalidInstance, comment: 'Affected SOP Instance UID is missing or not a UID' };
  }
  if (affectedSopClassUid !== context.abstractSyntax) {
    return { code: statusCode.sopClassNotSupported, comment: 'SOP class is not the one of its context' };
  }
  if (!body) return { code: statusCode.cannotUnderstand, comment: 'request has no data set' };
  try {
    return await call.handlers.store(call.peer, {
      sopClassUid: affectedSopClassUid,
      sopInstanceUid: affectedSopInstanceUid,
      transferSyntaxUid: context.transferSyntax,
      moveOriginator: moveOriginatorAeTitle
        ? { aeTitle: moveOriginatorAeTitle, messageId: moveOriginatorMessageId ?? 0 }
        : undefined,
      body,
    });
  } catch (error) {
    return statusOf(error, call);
  }
}
