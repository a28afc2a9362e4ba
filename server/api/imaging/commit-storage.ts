import { createHash } from 'node:crypto';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import { outboundRule, reachableAddresses } from '@lianzhen/platform/outbound.ts';
import type { Deps } from '../deps.ts';
import type { CommitRequest, CommitResult, InstanceReference } from '../dimse/handlers.ts';
import { auditOfPeer, type DimsePeer } from './dimse-peer.ts';
import * as store from './store.ts';

/** Failure reasons of PS3.3 C.14.1.1. */
const reasons = { processingFailure: 0x0110, noSuchInstance: 0x0112, classConflict: 0x0119 } as const;
const pageSize = 500;

/**
 * Storage commitment (PS3.4 annex J): says of each instance whether the machine may delete its copy. Committed means
 * that the row is there, it is this facility's, and every byte was read back and is what was received.
 */
export async function commitStorage(
  { db, blobs, log, config }: Pick<Deps, 'db' | 'blobs' | 'log' | 'config'>,
  peer: DimsePeer,
  { references }: CommitRequest,
): Promise<CommitResult> {
  const { device } = peer;
  const committed: InstanceReference[] = [];
  const failed: CommitResult['failed'] = [];
  for (let at = 0; at < references.length; at += pageSize) {
    const page = references.slice(at, at + pageSize);
    const found = await store.storedInstances(
      db,
      device.facilityId,
      page.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    for (const reference of page) {
      const reason = await failureOf(blobs, reference, found.get(reference.sopInstanceUid));
      if (reason === undefined) committed.push(reference);
      else failed.push({ ...reference, reason });
    }
  }
  await db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOfPeer(peer),
      action: 'imaging.storageCommitted',
      outcome: failed.length === 0 ? 'success' : 'failure',
      detail: { committed: committed.length, failed: failed.length },
    }),
  );
  if (failed.length > 0) log.warn({ deviceId: device.id, count: failed.length }, 'instances could not be committed');
  const returnTo = await addressOf(config, device);
  return { committed, failed, ...(returnTo ? { returnTo } : {}) };
}

/** Where the machine takes the result when it has hung up: an address that the operator allows, asked about now. */
async function addressOf(
  config: Deps['config'],
  { host, port }: DimsePeer['device'],
): Promise<CommitResult['returnTo']> {
  if (!host || !port) return undefined;
  const found = await reachableAddresses(outboundRule(config), host).catch(() => undefined);
  const [first] = found ?? [];
  return first && { host: first.address, port };
}

async function failureOf(
  blobs: BlobStore,
  { sopClassUid }: InstanceReference,
  stored: store.StoredInstance | undefined,
): Promise<number | undefined> {
  if (!stored) return reasons.noSuchInstance;
  if (stored.sopClassUid !== sopClassUid) return reasons.classConflict;
  const sha256 = await hashOf(blobs, stored.blob).catch(() => undefined);
  return sha256 === stored.sha256 ? undefined : reasons.processingFailure;
}

async function hashOf(blobs: BlobStore, place: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of blobs.stream(place)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
