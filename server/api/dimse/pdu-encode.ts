import { pduType, type Rejection } from './pdu.ts';

const pdu = (type: number, a = 0, b = 0, c = 0): Buffer => Buffer.from([type, 0, 0, 0, 0, 4, 0, a, b, c]);

export const encodeReject = ({ result, source, reason }: Rejection): Buffer =>
  pdu(pduType.associateReject, result, source, reason);

export const encodeAbort = (source: number, reason: number): Buffer => pdu(pduType.abort, 0, source, reason);

export const encodeReleaseRequest = (): Buffer => pdu(pduType.releaseRequest);

export const encodeReleaseResponse = (): Buffer => pdu(pduType.releaseResponse);

/** What a P-DATA-TF spends on its one PDV's own header; subtract it from the peer's maximum length. */
export const pdvHeaderBytes = 6;

/**
 * The twelve bytes before one fragment of `length` bytes sent as a P-DATA-TF with a single PDV (PS3.8 §9.3.5, annex E).
 * The fragment itself follows unchanged, so that it need not be copied.
 */
export function encodeDataHeader(contextId: number, isCommand: boolean, isLast: boolean, length: number): Buffer {
  const header = Buffer.allocUnsafe(12);
  header.writeUInt16BE(pduType.data << 8, 0);
  header.writeUInt32BE(length + pdvHeaderBytes, 2);
  header.writeUInt32BE(length + 2, 6);
  header[10] = contextId;
  header[11] = (isCommand ? 1 : 0) | (isLast ? 2 : 0);
  return header;
}
