import { HubError } from '@lianzhen/contracts/errors.ts';

export interface Part {
  /** Names in lower case. Several lines of one name are joined with a comma. */
  headers: ReadonlyMap<string, string>;
  /** Made for one reader, who must have ended when the next part is asked for; what he left unread is skipped. */
  body: AsyncIterable<Buffer>;
  /** Resolves when the reader of the body has ended, in whichever way. */
  read: Promise<void>;
  /** Whether it was followed by a delimiter. Told once the next part is there, or the reading has ended. */
  isWhole: () => boolean;
}

interface MultipartLimits {
  parts: number;
  headerBytes: number;
  preambleBytes: number;
}
export const multipartLimits: MultipartLimits = { parts: 20_000, headerBytes: 8192, preambleBytes: 65_536 };

const lineEnd = Buffer.from('\r\n');
const headersEnd = Buffer.from('\r\n\r\n');
const delimiterBegin = Buffer.from('\r\n--');

/**
 * Reads multipart/related (RFC 2046, 2387) piece by piece: whoever reads a part's body slowly slows the sender, and no
 * more than one piece is held; a piece of a body is its reader's until he asks for the next. Delimiters are found by the runtime's own search, not byte by byte.
 * @throws HubError `malformed-request` naming what is wrong, `too-large` beyond a limit, or what the source threw. A
 * body whose source ends in the middle throws as well: half a file must not look like a whole one.
 */
export async function* readMultipart(
  source: AsyncIterable<Buffer>,
  boundary: string,
  limits: MultipartLimits = multipartLimits,
): AsyncGenerator<Part, void, undefined> {
  const feed = new Feed(source, boundary);
  try {
    await feed.skipTo(limits.preambleBytes, 'preamble');
    for (let count = 0; await feed.hasPart(limits.headerBytes); count++) {
      if (count >= limits.parts) throw new HubError('too-large', { field: 'parts', limit: limits.parts });
      const headers = parseHeaders(await feed.headerText(limits.headerBytes));
      const ended = Promise.withResolvers<void>();
      let isWhole = false;
      yield { headers, body: feed.body(ended.resolve), read: ended.promise, isWhole: () => isWhole };
      await feed.skipTo(Number.POSITIVE_INFINITY, 'part');
      isWhole = true;
    }
    await feed.dropEpilogue(limits.preambleBytes);
  } finally {
    await feed.close();
  }
}

function parseHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue;
    const parsed = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(line);
    if (!parsed?.[1]) throw new HubError('malformed-request', { field: 'part headers', expected: 'Name: value' });
    const name = parsed[1].toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? (parsed[2] ?? '') : `${before}, ${parsed[2]}`);
  }
  return headers;
}

/** The source as a window that moves over it. */
class Feed {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #delimiter: Buffer;
  /** A delimiter begins with a line end; the first one of all may stand at the very beginning. */
  #held: Buffer = lineEnd;
  #isAtDelimiter = false;

  constructor(source: AsyncIterable<Buffer>, boundary: string) {
    this.#pieces = source[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  /** Drops everything up to the next delimiter, and the delimiter. */
  async skipTo(mostBytes: number, what: string): Promise<void> {
    let skipped = 0;
    while (!this.#isAtDelimiter) {
      const piece = await this.#next(what);
      skipped += piece.length;
      if (skipped > mostBytes) throw new HubError('malformed-request', { expected: 'a delimiter', found: 'none' });
    }
    this.#isAtDelimiter = false;
  }

  /** What follows the end means nothing, but a connection can only be used again once it is read. */
  async dropEpilogue(mostBytes: number): Promise<void> {
    let dropped = 0;
    for (let next = await this.#pieces.next(); !next.done; next = await this.#pieces.next()) {
      dropped += next.value.length;
      if (dropped > mostBytes) return;
    }
  }

  /** After a delimiter: whether a part follows, or the closing dashes. */
  async hasPart(mostBytes: number): Promise<boolean> {
    while (this.#held.length < 2) await this.#more('delimiter');
    if (this.#held.toString('latin1', 0, 2) === '--') return false;
    const padding = await this.#take(lineEnd, mostBytes, 'delimiter');
    if (/^[ \t]*$/.test(padding)) return true;
    throw new HubError('malformed-request', { expected: 'a line end after the delimiter', found: 'other characters' });
  }

  async headerText(mostBytes: number): Promise<string> {
    while (this.#held.length < 2) await this.#more('part headers');
    // A part without headers begins with the empty line itself.
    if (this.#held.indexOf(lineEnd) === 0) return this.#take(lineEnd, mostBytes, 'part headers');
    return this.#take(headersEnd, mostBytes, 'part headers');
  }

  async *body(ended: () => void): AsyncGenerator<Buffer> {
    try {
      while (!this.#isAtDelimiter) {
        const piece = await this.#next('part');
        if (piece.length > 0) yield piece;
      }
    } finally {
      ended();
    }
  }

  /** The next bytes before a delimiter; with the last of them, possibly none, the delimiter itself was passed. */
  async #next(what: string): Promise<Buffer> {
    for (;;) {
      const held = this.#held;
      const at = this.#delimiterIn(held);
      const end = at >= 0 ? at : this.#sureEnd(held);
      if (at >= 0) this.#isAtDelimiter = true;
      this.#held = held.subarray(at >= 0 ? at + this.#delimiter.length : end);
      if (at >= 0 || end > 0) return held.subarray(0, end);
      await this.#more(what);
    }
  }

  /**
   * Found by its beginning: the runtime looks for four bytes three to four times as fast as for all of them. Where the
   * beginning is no rarity, all of them are looked for.
   */
  #delimiterIn(held: Buffer): number {
    let at = held.indexOf(delimiterBegin);
    for (let tries = 0; at >= 0 && tries < 8; tries++) {
      if (held.subarray(at, at + this.#delimiter.length).equals(this.#delimiter)) return at;
      at = held.indexOf(delimiterBegin, at + 1);
    }
    return at < 0 ? at : held.indexOf(this.#delimiter, at);
  }

  /** How much of the window cannot be part of a delimiter, the rest of which is still to come. */
  #sureEnd(held: Buffer): number {
    // Only its first byte is a carriage return, so only the last of those can begin it.
    const cut = held.lastIndexOf(0x0d);
    if (cut < 0 || held.length - cut >= this.#delimiter.length) return held.length;
    return this.#delimiter.subarray(0, held.length - cut).equals(held.subarray(cut)) ? cut : held.length;
  }

  async #take(end: Buffer, mostBytes: number, what: string): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(end);
      if (at > mostBytes || (at < 0 && this.#held.length > mostBytes)) {
        throw new HubError('too-large', { field: what, limit: mostBytes });
      }
      if (at >= 0) {
        const text = this.#held.toString('latin1', 0, at);
        this.#held = this.#held.subarray(at + end.length);
        return text;
      }
      await this.#more(what);
    }
  }

  async #more(what: string): Promise<void> {
    // The next piece may take the place of the one in which this lies.
    const held = Buffer.from(this.#held);
    const { done, value } = await this.#pieces.next();
    if (done)
      throw new HubError('malformed-request', { expected: 'the closing delimiter', found: `the end in a ${what}` });
    this.#held = held.length === 0 ? value : Buffer.concat([held, value]);
  }
}
