import { createHash } from 'node:crypto';
import { fileLimits, RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import type { Blob } from '@lianzhen/platform/blobs.ts';
import { auditOf, type Ctx } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { readAny } from '../store.ts';
import { fileContent } from './file-content.ts';
import { keptName } from './file-name.ts';
import { requireSeat } from './seat-of-file.ts';
import * as store from './store.ts';

export type FileDeps = Pick<Deps, 'db' | 'blobs' | 'clock'>;
export interface FileToSave {
  consultationId: string;
  id: string;
  name: string;
  /** The header `x-room-seat`. */
  proof: string | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Keeps a file of somebody who sits in the room; it stands in the chat once the signal `chat` names it. The same bytes under
 * the same id again are the same file.
 * @throws `forbidden` without a seat; `unsupported-media-type`, `too-large`; `rate-limited` beyond what one seat or one room
 *   may keep; `already-exists` for an id that is another's or has other bytes
 */
export async function saveFile(deps: FileDeps, ctx: Ctx, input: FileToSave): Promise<RoomFile> {
  const { db, blobs, clock } = deps;
  const { consultationId, id } = input;
  const seat = await requireSeat(db, ctx, consultationId, input.proof, clock.now());
  const known = await store.find(db, consultationId, id);
  if (known) return sameFile(known, seat.seatId, await digestOf(input.bytes));
  await requireRoomFor(db, consultationId, seat.seatId, 0);
  const content = fileContent(input.bytes);
  const blob = await blobs.write(content.bytes, { maxBytes: fileLimits.bytes });
  try {
    return await keep(deps, ctx, input, blob, content.type);
  } catch (cause) {
    // A database that went away may have kept the row: then the bytes stay, at worst for nobody.
    if (!(cause instanceof HubError) && !isUniqueViolation(cause)) throw cause;
    await blobs.discard(blob.place);
    if (cause instanceof HubError) throw cause;
    // The same was sent twice at once, over two lines.
    return sameFile(await store.read(db, consultationId, id), seat.seatId, blob.sha256);
  }
}

async function keep(
  { db, clock }: FileDeps,
  ctx: Ctx,
  { consultationId, id, name, proof }: FileToSave,
  { place, sha256, size }: Blob,
  type: RoomFile['type'],
): Promise<RoomFile> {
  return db.transaction(async (tx) => {
    const at = clock.now();
    // An upload takes minutes over a slow link; whoever was removed meanwhile leaves nothing.
    const seat = await requireSeat(tx, ctx, consultationId, proof, at);
    await store.lockFiles(tx, consultationId);
    await requireRoomFor(tx, consultationId, seat.seatId, size);
    const file = { id, name: keptName(name, type), type, size, sha256 };
    await store.insert(tx, { ...file, consultationId, seatId: seat.seatId, blob: place, at });
    const found = await readAny(tx, consultationId);
    const guest = { actorName: 'guest', role: seat.role, facilityId: found.requestingFacilityId };
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...(seat.accountId === null ? guest : {}),
      ...{ action: 'consultation.fileSent', patientId: found.patientId },
      ...{ objectType: 'consultation', objectId: consultationId },
      detail: { fileId: id, type, size, sha256, seatId: seat.seatId },
    });
    return file;
  });
}

async function requireRoomFor(tx: Tx, consultationId: string, seatId: string, size: number): Promise<void> {
  const { ofSeat, ofRoom, bytes } = await store.counts(tx, consultationId, seatId);
  if (ofSeat >= fileLimits.ofSeat) throw new HubError('rate-limited', { most: fileLimits.ofSeat });
  if (ofRoom >= fileLimits.ofRoom) throw new HubError('rate-limited', { most: fileLimits.ofRoom });
  if (bytes + size > fileLimits.bytesOfRoom) throw new HubError('too-large', { most: fileLimits.bytesOfRoom });
}

function sameFile(known: store.FileFound, seatId: string, sha256: string): RoomFile {
  if (known.seatId !== seatId || known.sha256 !== sha256) throw new HubError('already-exists', { field: 'id' });
  return RoomFile.parse(known);
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > fileLimits.bytes) throw new HubError('too-large', { most: fileLimits.bytes });
    hash.update(piece);
  }
  return hash.digest('hex');
}
