import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireMachine } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type Resource, type StoredBundle, servedResources } from './served-resource.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'blobs'>;
/** Of one page: it lies in memory whole. */
const maxBundleBytes = 64 * 1024 * 1024;

/** A page of a facility's results: each with all resources that belong to it. */
export async function findReports(
  { db, blobs }: Part,
  ctx: Ctx,
  filter: store.ReportFilter,
  page: number,
  count: number,
) {
  const { scope } = requireMachine(ctx, 'results:read');
  const found = await db.transaction(async (tx) => {
    const versions = await store.versions(tx, scope, filter, (page - 1) * count, count);
    const total = await store.countVersions(tx, scope, filter);
    const patientIds = [...new Set(versions.flatMap(({ report }) => patientOf(report)))];
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'delivery.resultsRead',
      detail: { shown: versions.length, patientIds },
    });
    return { versions, total };
  });
  const bytes = found.versions.reduce((sum, { documents }) => sum + (documents[0]?.size ?? 0), 0);
  if (bytes > maxBundleBytes) throw new HubError('too-large', { limit: maxBundleBytes, expected: 'a smaller _count' });
  const results: Resource[][] = [];
  // One after the other: a page of reports with their PDFs need not lie in memory many times over.
  for (const version of found.versions) results.push(await resourcesOf(blobs, version));
  return { total: found.total, results: results.filter((resources) => resources.length > 0) };
}

const patientOf = ({ case: read, consultation }: store.VersionRecord['report']): string[] =>
  [read?.order.patientId ?? consultation?.patientId].filter((id) => id !== undefined);

/** The rendered form is made by a worker; until then a signed version is not served, rather than served in part. */
async function resourcesOf(blobs: Deps['blobs'], version: store.VersionRecord): Promise<Resource[]> {
  const [document] = version.documents;
  const [correction] = version.corrections;
  if (!document || document.correction !== (correction?.number ?? 0)) return [];
  const bundle = JSON.parse((await blobs.read(document.blob)).toString('utf8')) as StoredBundle;
  const servedAt = (correction?.correctedAt ?? version.signedAt).toISOString();
  const exams = version.report.case?.order.exams ?? [];
  const requestIds = new Map(exams.map(({ accessionNumber, id }) => [accessionNumber, id]));
  return servedResources(bundle, servedAt, version.number, requestIds);
}
