import { setImmediate } from 'node:timers/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { fileMeta, type InstanceHeader, MAX_HEADER_BYTES, readHeader } from '@lianzhen/dicom/header.ts';
import { type InstanceRecord, recordFromHead, recordHeadBytes } from '@lianzhen/dicom/instance-record.ts';
import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import type { Declared } from './arrival.ts';

/** An instance whose header was read and found right; `bytes` is the whole file from its first byte. */
interface OpenedInstance {
  header: InstanceHeader;
  bytes: AsyncGenerator<Buffer>;
  /** Once all bytes were read: what its head tells, where that is enough. */
  record: Promise<InstanceRecord | undefined>;
}

/** Small pieces are gathered to this before the header is tried again, so that a dribble costs no more than a stream. */
const retryBytes = 4096;

/**
 * Reads as much of a body as its header needs, a MiB at most, and checks it against what was declared. A body that is
 * not what it should be is refused here, before a byte of it is stored.
 * @throws HubError `dicom-invalid` (with `reason: 'not-as-declared'` where a UID is another than was said),
 * `unsupported-sop-class`, or what the body threw
 */
export async function openInstance(body: AsyncIterable<Buffer>, declared: Declared): Promise<OpenedInstance> {
  const pieces = body[Symbol.asyncIterator]();
  try {
    const { header, first } = await readFirst(pieces, declared);
    check(header, declared);
    const head = declared.dataset ? [fileMeta(header), first] : [first];
    const whole = Promise.withResolvers<number>();
    const record = whole.promise.then((size) => recordOf(header, head, size));
    return { header, bytes: wholeFile(head, pieces, whole.resolve), record };
  } catch (cause) {
    await pieces.return?.();
    throw cause;
  }
}

async function readFirst(pieces: AsyncIterator<Buffer>, { dataset }: Declared) {
  let first: Buffer = Buffer.alloc(0);
  for (let tried = 0; ; ) {
    const { done, value } = await pieces.next();
    if (!done) first = first.length === 0 ? value : Buffer.concat([first, value]);
    if (!done && first.length - tried < retryBytes) continue;
    tried = first.length;
    const isComplete = done === true || first.length >= MAX_HEADER_BYTES;
    const header = readHeader(first, { transferSyntaxUid: dataset?.transferSyntaxUid, isComplete });
    if (header !== 'need-more') return { header, first };
  }
}

function check(header: InstanceHeader, declared: Declared): void {
  if (!storageSopClasses.has(header.sopClassUid)) {
    throw new HubError('unsupported-sop-class', { found: header.sopClassUid });
  }
  const pairs = [
    ['00080016', declared.sopClassUid, header.sopClassUid],
    ['00080018', declared.sopInstanceUid, header.sopInstanceUid],
    ['0020000D', declared.studyInstanceUid, header.studyInstanceUid],
  ] as const;
  for (const [tag, expected, found] of pairs) {
    if (expected === undefined || expected === found) continue;
    throw new HubError('dicom-invalid', { reason: 'not-as-declared', tag, expected, found });
  }
}

/** Begins when the bytes are on their way to the disk: the time that they take there is its own. */
async function recordOf(header: InstanceHeader, head: Buffer[], size: number): Promise<InstanceRecord | undefined> {
  await setImmediate();
  const first = head.map((piece) => piece.subarray(0, recordHeadBytes));
  return recordFromHead(first.length === 1 ? (first[0] ?? Buffer.alloc(0)) : Buffer.concat(first), size, header);
}

/** @param whenWhole told the size of the file when its last byte was read */
async function* wholeFile(
  head: readonly Buffer[],
  pieces: AsyncIterator<Buffer>,
  whenWhole: (size: number) => void,
): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for (const piece of head) {
      size += piece.length;
      if (piece.length > 0) yield piece;
    }
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
      size += piece.value.length;
      yield piece.value;
    }
    whenWhole(size);
  } finally {
    // Whoever stops reading early lets the sender's stream go.
    await pieces.return?.();
  }
}
