import { type Call, gatherDataset, statusOf, takeRest } from './call.ts';
import { decodeIdentifier, encodeIdentifier } from './identifier.ts';
import { type DimseStatus, statusCode, success } from './status.ts';

/** C-FIND (PS3.7 §9.1.2): one pending response for each match as the handler yields it, then the final one. */
export async function serveFind<A>(call: Call<A>): Promise<void> {
  let status: DimseStatus;
  try {
    status = await find(call);
  } catch (error) {
    status = call.signal.aborted ? { code: statusCode.cancelled } : statusOf(error, call);
  }
  await takeRest(call.message);
  await call.exchange.respond(call.message, status);
}

async function find<A>({ peer, message, exchange, handlers, limits, signal }: Call<A>): Promise<DimseStatus> {
  const { abstractSyntax, transferSyntax } = message.context;
  if (message.command.affectedSopClassUid !== abstractSyntax) {
    return { code: statusCode.sopClassNotSupported, comment: 'SOP class is not the one of its context' };
  }
  const identifier = decodeIdentifier(await gatherDataset(message), transferSyntax, limits);
  let matches = 0;
  for await (const match of handlers.find(peer, { sopClassUid: abstractSyntax, identifier, signal })) {
    if (signal.aborted) return { code: statusCode.cancelled };
    matches += 1;
    if (matches > limits.findResults) {
      return { code: statusCode.outOfResources, comment: `more than ${limits.findResults} matches` };
    }
    const dataset = encodeIdentifier(match, transferSyntax);
    await exchange.respond(message, { code: statusCode.pending }, {}, dataset);
  }
  return signal.aborted ? { code: statusCode.cancelled } : success;
}
