import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import type { VersionView } from '@lianzhen/contracts/reporting.ts';
import type { z } from 'zod';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { namePeople } from '../worklist/name-people.ts';
import { versionRow } from './report-view.ts';
import * as store from './store.ts';

/** One signed version, whole, for every party. A replaced one says by which. */
export async function readVersion(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { id: string },
): Promise<z.input<typeof VersionView>> {
  const scope = requireAccess(ctx, 'report:read');
  return db.transaction(async (tx) => {
    const version = await store.version(tx, scope, input.id);
    const names = await namePeople(tx, [version.writerId, version.reviewerId]);
    await recordRead(tx, ctx, {
      action: 'reporting.versionRead',
      patientId: store.subjectOf(version.report).patientId,
      objectType: 'version',
      objectId: version.id,
    });
    return {
      ...versionRow(version, names),
      content: contentWith(version.content, version.corrections[0]),
      replacedByNumber: version.replacedBy?.number ?? null,
      pdfReady: store.currentPdf(version) !== undefined,
    };
  });
}
