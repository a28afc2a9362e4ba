import { gatherDataset, takeRest } from './call.ts';
import { commandField } from './command-set.ts';
import type { Exchange } from './exchange.ts';
import { DimseFailure } from './failures.ts';
import { decodeIdentifier } from './identifier.ts';
import type { DimseLimits } from './limits.ts';
import type { Message } from './message-reader.ts';
import type { ScuOptions } from './scu-options.ts';
import { type DimseStatus, statusCode } from './status.ts';

/** Answers what a peer asks on an association that we opened: N-EVENT-REPORT if wanted, nothing else. */
export async function answerPeer(
  exchange: Exchange,
  message: Message,
  limits: DimseLimits,
  options: ScuOptions,
): Promise<void> {
  let status: DimseStatus;
  try {
    status = await understand(message, limits, options);
  } catch (error) {
    if (!(error instanceof DimseFailure)) throw error;
    status = error.status;
  }
  await takeRest(message);
  await exchange.respond(message, status, { eventTypeId: message.command.eventTypeId });
}

async function understand(message: Message, limits: DimseLimits, { onEventReport }: ScuOptions): Promise<DimseStatus> {
  const { command, context } = message;
  if (command.commandField !== commandField.eventReport || !onEventReport) {
    return { code: statusCode.unrecognizedOperation };
  }
  const dataset = decodeIdentifier(await gatherDataset(message), context.transferSyntax, limits);
  return onEventReport({
    sopClassUid: command.affectedSopClassUid ?? '',
    sopInstanceUid: command.affectedSopInstanceUid ?? '',
    eventTypeId: command.eventTypeId ?? 0,
    dataset,
  });
}
