import { abortReason, ProtocolError } from './failures.ts';

/** Item types inside an A-ASSOCIATE PDU (PS3.8 §9.3.2, PS3.7 annex D). */
export const itemType = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  answeredContext: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maxLength: 0x51,
  implementationClassUid: 0x52,
  operationsWindow: 0x53,
  roleSelection: 0x54,
  implementationVersion: 0x55,
} as const;

export const associateResult = {
  accepted: 0,
  userRejection: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const;

/** Protocol version, AE titles and reserved bytes before the first item. */
export const associateFixedBytes = 68;

/** The items of a list: type, a reserved byte, a two-byte length, the value. */
export function* items(bytes: Buffer): Generator<{ type: number; value: Buffer }> {
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw invalid(`${bytes.length - at} bytes are left over after the last item`);
    const type = bytes.readUInt8(at);
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw invalid(`item 0x${type.toString(16)} is longer than what holds it`);
    yield { type, value: bytes.subarray(at + 4, end) };
    at = end;
  }
}

/** A UID or name: at most 64 characters, padding of either kind removed. */
export function text(value: Buffer): string {
  const found = value.toString('latin1').replace(/[\0 ]+$/, '');
  if (found.length > 64) throw invalid(`a name of ${found.length} characters is longer than 64`);
  return found;
}

/** A parameter of the PDU is wrong: A-ABORT with "invalid PDU parameter value". */
export const invalid = (message: string, kind: 'protocol' | 'limit' = 'protocol') =>
  new ProtocolError(abortReason.invalidParameter, message, kind);
