import { type Call, takeRest } from './call.ts';
import { commandField } from './command-set.ts';
import { type AfterAnswer, type CallBack, serveAction } from './serve-action.ts';
import { serveFind } from './serve-find.ts';
import { serveStore } from './serve-store.ts';
import { type DimseStatus, statusCode, success } from './status.ts';
import { verificationSopClass } from './uids.ts';

/** Answers one request. Resolves with what is left to do after the answer, if anything; throws when the peer is gone. */
export async function serveRequest<A>(
  call: Call<A>,
  callBack: CallBack,
  isRepeatedId: boolean,
): Promise<AfterAnswer | undefined> {
  if (isRepeatedId) {
    await refuse(call, { code: statusCode.duplicateInvocation, comment: 'message id is in use' });
    return undefined;
  }
  switch (call.message.command.commandField) {
    case commandField.store:
      await serveStore(call);
      return undefined;
    case commandField.find:
      await serveFind(call);
      return undefined;
    case commandField.action:
      return serveAction(call, callBack);
    case commandField.echo:
      await refuse(call, echoStatus(call));
      return undefined;
    default:
      await refuse(call, { code: statusCode.unrecognizedOperation, comment: 'operation is not provided here' });
      return undefined;
  }
}

/** C-ECHO (PS3.7 §9.1.5). */
function echoStatus<A>({ message: { context, command } }: Call<A>): DimseStatus {
  const isVerification =
    context.abstractSyntax === verificationSopClass && command.affectedSopClassUid === verificationSopClass;
  return isVerification ? success : { code: statusCode.sopClassNotSupported };
}

/** A status and nothing else. */
async function refuse<A>({ message, exchange }: Call<A>, status: DimseStatus): Promise<void> {
  await takeRest(message);
  await exchange.respond(message, status);
}
