const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;
const LF = 0x0a;

/** What came is no MLLP, or more than is taken: the connection cannot go on. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Cuts a stream of bytes into messages (MLLP release 1: VT message FS CR). Memory is bounded by one message. */
export class FrameReader {
  readonly #pieces: Buffer[] = [];
  readonly #maxBytes: number;
  #size = 0;
  #state: 'between' | 'inside' | 'ending' = 'between';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a message has begun and not ended. */
  get isInside(): boolean {
    return this.#state !== 'between';
  }

  /**
   * @returns the messages that end in these bytes, in order
   * @throws FrameError for bytes outside of a frame (line ends between frames are let pass), a frame in a frame, a FS
   * without its CR, or a message above the limit
   */
  push(bytes: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'between') at = this.#begin(bytes, at);
      else if (this.#state === 'inside') at = this.#take(bytes, at);
      else {
        if (bytes[at] !== CR) throw new FrameError('FS is not followed by CR');
        messages.push(Buffer.concat(this.#pieces.splice(0)));
        this.#size = 0;
        this.#state = 'between';
        at += 1;
      }
    }
    return messages;
  }

  #begin(bytes: Buffer, at: number): number {
    const byte = bytes[at];
    if (byte === VT) this.#state = 'inside';
    else if (byte !== CR && byte !== LF) throw new FrameError('bytes outside of a frame');
    return at + 1;
  }

  #take(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(FS, at);
    const end = found < 0 ? bytes.length : found;
    const piece = bytes.subarray(at, end);
    if (piece.includes(VT)) throw new FrameError('a frame begins inside another');
    this.#size += piece.length;
    if (this.#size > this.#maxBytes) throw new FrameError(`a message above ${this.#maxBytes} bytes`);
    this.#pieces.push(piece);
    if (found < 0) return end;
    this.#state = 'ending';
    return end + 1;
  }
}

export const frame = (message: Uint8Array): Buffer => Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, CR)]);
