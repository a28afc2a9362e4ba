import { TextDecoder } from 'node:util';
import type { FileType } from '@lianzhen/contracts/consultation-files.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';

/** PDF 32000-1, 7.5.2; ISO/IEC 10918-1, B.2 (SOI and the marker behind it); PNG (RFC 2083), 3.1. */
const beginnings: readonly (readonly [FileType, Buffer])[] = [
  ['application/pdf', Buffer.from('%PDF-', 'latin1')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
];
const longestBeginning = 8;
// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of them but for tab and line ends.
const noText = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** What a file is, by what is in it. Known once all of it has been read. */
export interface FileContent {
  readonly type: FileType;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/**
 * Passes the bytes on and finds out what they are: a PDF, JPEG or PNG by how it begins, text by being UTF-8 without control
 * characters from the first to the last byte. Memory holds one piece at a time.
 * @throws `unsupported-media-type` while it is read, for anything else; `bad-input` for nothing at all
 */
export function fileContent(source: AsyncIterable<Uint8Array>): FileContent {
  let type: FileType | undefined;
  async function* read(): AsyncGenerator<Uint8Array> {
    const text = new TextDecoder('utf-8', { fatal: true });
    let head: Uint8Array = new Uint8Array();
    for await (const piece of source) {
      head = type ? piece : Buffer.concat([head, piece]);
      if (!type && head.length < longestBeginning) continue;
      type ??= typeOf(head);
      if (type === 'text/plain') requireText(text, head, false);
      yield head;
    }
    if (type) return void (type === 'text/plain' && requireText(text, new Uint8Array(), true));
    // Shorter than a beginning: a few letters, or the stump of something.
    if (head.length === 0)
      throw new HubError('bad-input', { fields: [{ field: 'file', expected: 'at least one byte' }] });
    type = typeOf(head);
    if (type === 'text/plain') requireText(text, head, true);
    yield head;
  }
  return {
    get type() {
      if (!type) throw new Error('what it is is known once it has been read');
      return type;
    },
    bytes: read(),
  };
}

const typeOf = (head: Uint8Array): FileType =>
  beginnings.find(([, bytes]) => bytes.equals(head.subarray(0, bytes.length)))?.[0] ?? 'text/plain';

function requireText(decoder: TextDecoder, piece: Uint8Array, isLast: boolean): void {
  let text: string;
  try {
    text = decoder.decode(piece, { stream: !isLast });
  } catch (cause) {
    throw refused(cause);
  }
  if (noText.test(text)) throw refused();
}
const refused = (cause?: unknown) =>
  new HubError('unsupported-media-type', { expected: 'PDF, JPEG, PNG, or text in UTF-8' }, { cause });
