import { HubError } from '@lianzhen/contracts/errors.ts';
import { fileMeta, type InstanceHeader, MAX_HEADER_BYTES, readHeader } from '@lianzhen/dicom/header.ts';
import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import type { Declared, InstanceUids } from './arrival.ts';

/** An instance whose header was read and found right; `bytes` is the whole file from its first byte. */
interface OpenedInstance {
  header: InstanceHeader;
  bytes: AsyncGenerator<Buffer>;
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
    const meta = declared.dataset ? fileMeta(header) : undefined;
    return { header, bytes: wholeFile(meta, first, pieces) };
  } catch (cause) {
    await pieces.return?.();
    throw cause;
  }
}

async function readFirst(pieces: AsyncIterator<Buffer>, { dataset }: Declared) {
  let first: Buffer = Buffer.alloc(0);
  for (let tried = 0; ; ) {
    // The next piece may take the place of the one before.
    if (first.length > 0) first = Buffer.from(first);
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
  const { sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid } = header;
  // Whoever sent many has to know which one was refused.
  const instance: InstanceUids = { sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid };
  if (!storageSopClasses.has(header.sopClassUid)) {
    throw new HubError('unsupported-sop-class', { found: sopClassUid, instance });
  }
  const pairs = [
    ['00080016', declared.sopClassUid, header.sopClassUid],
    ['00080018', declared.sopInstanceUid, header.sopInstanceUid],
    ['0020000D', declared.studyInstanceUid, header.studyInstanceUid],
  ] as const;
  for (const [tag, expected, found] of pairs) {
    if (expected === undefined || expected === found) continue;
    throw new HubError('dicom-invalid', { reason: 'not-as-declared', tag, expected, found, instance });
  }
}

async function* wholeFile(
  meta: Buffer | undefined,
  first: Buffer,
  pieces: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    if (meta) yield meta;
    if (first.length > 0) yield first;
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
  } finally {
    // Whoever stops reading early lets the sender's stream go.
    await pieces.return?.();
  }
}
