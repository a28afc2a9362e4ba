import { renderDocuments } from '@lianzhen/contracts/jobs.ts';
import type { VersionKind } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { namePeople } from '../worklist/name-people.ts';
import { buildContent } from './build-content.ts';
import type { LockedReport } from './lock-report.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { contentHash } from './report-hash.ts';
import type { Submitted } from './sign-as-writer.ts';
import * as store from './store.ts';

/** What a signature makes of the version before it: a first final replaces a preliminary; a final is only corrected. */
export function kindAfter(previous: { kind: string } | undefined, isComplete: boolean): VersionKind {
  if (!isComplete) return 'preliminary';
  return previous && previous.kind !== 'preliminary' ? 'corrected' : 'final';
}

/** Whose signature was the last one: a reviewer's, the writer's own where the centre lets him, nobody's yet. */
export type LastSigner = { reviewerId: string } | 'writer' | 'owed';

/**
 * Freezes a signed version, replacing the one before it, and promises what follows in the same transaction: one delivery
 * for each destination of each party, and the rendering of every form.
 * @param last `owed` makes it a preliminary report
 * @returns the version; the database refuses a second one of the same number
 */
export async function freezeVersion(
  tx: Tx,
  { found }: LockedReport,
  report: Submitted,
  last: LastSigner,
  now: Date,
): Promise<store.VersionFound> {
  const previous = report.versions.at(-1);
  const kind = kindAfter(previous, last !== 'owed');
  const reviewerId = typeof last === 'string' ? null : last.reviewerId;
  const order = await store.orderOfContent(tx, found.order.id);
  const names = await namePeople(tx, [order.requesterId]);
  const content = buildContent({
    ...{ report, order, kind },
    requester: order.requesterId === null ? null : (names.get(order.requesterId) ?? null),
    number: (previous?.number ?? 0) + 1,
    replaces: previous?.number ?? null,
    amendmentReason: kind === 'corrected' ? report.amendmentReason : null,
    writer: await store.account(tx, report.writerId),
    reviewer: reviewerId === null ? null : await store.account(tx, reviewerId),
    signedAlone: last === 'writer',
    signedAt: now,
  });
  const version = await store.insertVersion(tx, {
    ...{ reportId: report.id, number: content.versionNumber, kind, content },
    contentHash: contentHash(content),
    writerId: report.writerId,
    reviewerId,
    signedAt: now,
    replacesId: previous?.id ?? null,
  });
  await planDeliveries(tx, version.id, found.order.parties);
  await enqueue(tx, renderDocuments, { versionId: version.id });
  const facilityIds = [...new Set(found.order.parties.map(({ facilityId }) => facilityId))];
  await emit(tx, { topic: 'delivery', id: version.id, revision: 1, facilityIds });
  return version;
}
