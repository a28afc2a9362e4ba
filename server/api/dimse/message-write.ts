import { type Command, encodeCommand } from './command-set.ts';
import { encodeDataHeader, pdvHeaderBytes } from './pdu-encode.ts';

/** The longest fragment a peer takes: its maximum PDU less the PDV header, even (PS3.8 annex E), never more than ours. */
export function fragmentBytes(peerMaxPduBytes: number, ourPduBytes: number): number {
  const longest = peerMaxPduBytes === 0 ? ourPduBytes : Math.min(peerMaxPduBytes, ourPduBytes);
  return (longest - pdvHeaderBytes) & ~1;
}

/** A command set as P-DATA-TF PDUs. */
export const commandPdus = (contextId: number, command: Command, longest: number): Buffer[] =>
  wholePdus(contextId, true, encodeCommand(command), longest);

/** A data set that is in memory as P-DATA-TF PDUs; an empty one is a single empty last fragment. */
export const datasetPdus = (contextId: number, bytes: Buffer, longest: number): Buffer[] =>
  wholePdus(contextId, false, bytes, longest);

function wholePdus(contextId: number, isCommand: boolean, bytes: Buffer, longest: number): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  do {
    const end = Math.min(bytes.length, at + longest);
    parts.push(encodeDataHeader(contextId, isCommand, end === bytes.length, end - at), bytes.subarray(at, end));
    at = end;
  } while (at < bytes.length);
  return parts;
}

/**
 * A data set that comes in pieces of any size as P-DATA-TF PDUs of the longest size allowed, one list of buffers for
 * each PDU. Nothing is copied, and no more than one fragment is held: which one is the last is only known at the end.
 */
export async function* streamedPdus(
  contextId: number,
  body: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<Buffer[]> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of body) {
    let rest = piece;
    while (heldBytes + rest.length > longest) {
      const part = rest.subarray(0, longest - heldBytes);
      rest = rest.subarray(part.length);
      yield [encodeDataHeader(contextId, false, false, longest), ...held, part];
      held = [];
      heldBytes = 0;
    }
    if (rest.length > 0) held.push(rest);
    heldBytes += rest.length;
  }
  yield [encodeDataHeader(contextId, false, true, heldBytes), ...held];
}
