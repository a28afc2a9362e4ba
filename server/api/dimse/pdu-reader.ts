import { decodeAssociateAccept, decodeAssociateRequest } from './associate-decode.ts';
import { abortReason, ProtocolError } from './failures.ts';
import { type PduEvent, pduType } from './pdu.ts';

export interface PduReaderLimits {
  pduBytes: number;
  associateBytes: number;
  contexts: number;
}

const pduHeaderBytes = 6;
const pdvHeaderBytes = 6;

/**
 * Turns the bytes of a connection into PDU events, whatever pieces they come in. Data is handed on as slices of what
 * was fed, never gathered: of a P-DATA-TF only its headers are ever held. Nothing of what was fed is kept once its events
 * were taken. Every length is judged before it is believed.
 */
export class PduReader {
  readonly #limits: PduReaderLimits;
  /** Header or short PDU being gathered, and how many bytes it wants. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #wanted = pduHeaderBytes;
  #type: number | undefined;
  /** Bytes left in the P-DATA-TF and in its current PDV. */
  #pduLeft = 0;
  #pdvLeft = 0;
  #contextId = 0;
  #flags = 0;

  constructor(limits: PduReaderLimits) {
    this.#limits = limits;
  }

  /** Events in `chunk`, lazily. Throws ProtocolError; nothing may be fed afterwards. */
  *feed(chunk: Buffer): Generator<PduEvent, void> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#pdvLeft > 0) {
        const end = Math.min(chunk.length, at + this.#pdvLeft);
        this.#pdvLeft -= end - at;
        yield this.#fragment(chunk.subarray(at, end));
        at = end;
        continue;
      }
      const end = Math.min(chunk.length, at + this.#wanted - this.#heldBytes);
      this.#hold(chunk.subarray(at, end));
      at = end;
      if (this.#heldBytes < this.#wanted) return this.#keepHeld();
      const event = this.#gathered();
      if (event) yield event;
    }
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  /** The beginning of a header or PDU whose rest comes with the next bytes. A peer may send them one by one. */
  #keepHeld(): void {
    const last = this.#held.pop();
    if (last) this.#held.push(Buffer.from(last));
    if (this.#held.length > 64) this.#held = [Buffer.concat(this.#held)];
  }

  /** A whole header or short PDU is there: decide what to expect next. */
  #gathered(): PduEvent | undefined {
    const bytes = this.#held.length === 1 && this.#held[0] ? this.#held[0] : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#type === undefined) return this.#pduHeader(bytes);
    if (this.#type === pduType.data) return this.#pdvHeader(bytes);
    const type = this.#type;
    this.#expectPdu();
    return this.#shortPdu(type, bytes);
  }

  #pduHeader(bytes: Buffer): undefined {
    const type = bytes.readUInt8(0);
    const length = bytes.readUInt32BE(2);
    if (type < pduType.associateRequest || type > pduType.abort) {
      throw new ProtocolError(abortReason.unrecognizedPdu, `PDU type 0x${type.toString(16)} is not known`);
    }
    if (type === pduType.data) {
      if (length > this.#limits.pduBytes) throw tooLong('P-DATA-TF', length, this.#limits.pduBytes);
      if (length < pdvHeaderBytes) throw invalid(`P-DATA-TF of ${length} bytes holds no PDV`);
      this.#pduLeft = length;
      this.#wanted = pdvHeaderBytes;
    } else if (type <= pduType.associateAccept) {
      if (length > this.#limits.associateBytes) throw tooLong('A-ASSOCIATE', length, this.#limits.associateBytes);
      if (length === 0) throw invalid('A-ASSOCIATE is empty');
      this.#wanted = length;
    } else {
      if (length !== 4) throw invalid(`PDU type ${type} is ${length} bytes, expected 4`);
      this.#wanted = length;
    }
    this.#type = type;
  }

  #pdvHeader(bytes: Buffer): PduEvent | undefined {
    const length = bytes.readUInt32BE(0);
    this.#pduLeft -= pdvHeaderBytes;
    if (length < 2 || length - 2 > this.#pduLeft) {
      throw invalid(`PDV length ${length} does not fit into its PDU, which has ${this.#pduLeft} bytes left`);
    }
    this.#contextId = bytes.readUInt8(4);
    this.#flags = bytes.readUInt8(5);
    this.#pdvLeft = length - 2;
    this.#pduLeft -= this.#pdvLeft;
    if (this.#pduLeft === 0) this.#expectPdu();
    else if (this.#pduLeft < pdvHeaderBytes) throw invalid(`${this.#pduLeft} bytes are left over after the last PDV`);
    return this.#pdvLeft === 0 ? this.#fragment(Buffer.alloc(0)) : undefined;
  }

  #fragment(bytes: Buffer): PduEvent {
    return {
      kind: 'data',
      contextId: this.#contextId,
      isCommand: (this.#flags & 1) !== 0,
      isLast: (this.#flags & 2) !== 0 && this.#pdvLeft === 0,
      bytes,
    };
  }

  #expectPdu(): void {
    this.#type = undefined;
    this.#wanted = pduHeaderBytes;
  }

  #shortPdu(type: number, bytes: Buffer): PduEvent {
    const { contexts } = this.#limits;
    switch (type) {
      case pduType.associateRequest:
        return { kind: 'associate-request', request: decodeAssociateRequest(bytes, contexts) };
      case pduType.associateAccept:
        return { kind: 'associate-accept', accept: decodeAssociateAccept(bytes, contexts) };
      case pduType.associateReject: {
        const [, result = 0, source = 0, reason = 0] = bytes;
        return { kind: 'associate-reject', rejection: { result, source, reason } };
      }
      case pduType.releaseRequest:
        return { kind: 'release-request' };
      case pduType.releaseResponse:
        return { kind: 'release-response' };
      default: {
        const [, , source = 0, reason = 0] = bytes;
        return { kind: 'abort', source, reason };
      }
    }
  }
}

const invalid = (message: string) => new ProtocolError(abortReason.invalidParameter, message);

const tooLong = (what: string, length: number, limit: number) =>
  new ProtocolError(abortReason.invalidParameter, `${what} of ${length} bytes is longer than ${limit}`, 'limit');
