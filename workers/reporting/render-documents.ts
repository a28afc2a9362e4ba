import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { contentWith } from '@lianzhen/contracts/identity-correction.ts';
import { type Payload, type renderDocuments, sendDocument } from '@lianzhen/contracts/jobs.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import { type Form, formFor } from '../delivery/adapters/adapter.ts';
import type { WorkerDeps } from '../deps.ts';
import { renderFhirBundle } from './forms/fhir-bundle.ts';
import { type FormOptions, renderOru } from './forms/hl7-oru.ts';
import { renderPdf } from './forms/pdf.ts';
import { type ReportTrace, readReportTrace } from './read-trace.ts';
import * as versions from './store.ts';

const longestDocument = 64 * 1024 * 1024;

/**
 * Makes each form of a signed version that somebody needs, once, and lets its deliveries go; once more for each
 * correction of the patient. The PDF and the FHIR
 * bundle are always made: people print the one, hospital systems fetch the other. The bytes are durable before the row
 * names them; rows, jobs and the event are one transaction.
 * @throws HubError `internal` where the content no longer gives the hash that was signed: nothing of it may leave
 */
export async function handleRenderDocuments(
  { db, blobs, log }: Pick<WorkerDeps, 'db' | 'blobs' | 'log'>,
  { versionId }: Payload<typeof renderDocuments>,
  { attempt }: { attempt: number },
): Promise<void> {
  const version = await versions.readVersion(db, versionId);
  if (!version) return;
  const content = signedContent(version);
  const correction = content.identityCorrection?.number ?? 0;
  const timeZone = await versions.timeZoneOf(db, content.centre.facility.id);
  const forms = missingForms(version, correction);
  const trace =
    content.ecg && hasPdf(forms) ? await readReportTrace({ db, blobs, log }, content.ecg, attempt) : undefined;
  const made: versions.NewDocument[] = [];
  for (const [form, bytes] of await render(content, forms, { contentHash: version.contentHash, timeZone }, trace)) {
    const blob = await blobs.write(Readable.from([bytes]), { maxBytes: longestDocument });
    made.push({ versionId, form, correction, blob: blob.place, sha256: blob.sha256, size: blob.size });
  }
  await db.transaction(async (tx) => {
    await versions.addDocuments(tx, made);
    for (const { id } of await versions.waitingDeliveries(tx, versionId))
      await enqueue(tx, sendDocument, { deliveryId: id });
    if (made.length === 0) return;
    const facilityIds = await versions.partiesOf(tx, content.order.id);
    await emit(tx, { topic: 'report', id: version.reportId, revision: version.report.revision, facilityIds });
  });
}

function signedContent({ id, content, contentHash, corrections }: versions.VersionToRender): ReportContent {
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  if (hash !== contentHash) throw new HubError('internal', { versionId: id, why: 'content-hash' });
  return contentWith(content, corrections[0]);
}

function missingForms({ documents, deliveries }: versions.VersionToRender, correction: number): Set<Form> {
  const needed = new Set<Form>(['pdf', 'fhir-bundle']);
  for (const { destination } of deliveries) needed.add(formFor[DestinationKind.parse(destination.kind)]);
  for (const made of documents) if (made.correction === correction) needed.delete(made.form as Form);
  return needed;
}

/** The bundle carries the PDF. */
const hasPdf = (forms: ReadonlySet<Form>): boolean => forms.has('pdf') || forms.has('fhir-bundle');

async function render(
  content: ReportContent,
  forms: ReadonlySet<Form>,
  options: FormOptions,
  trace: ReportTrace | undefined,
): Promise<Map<Form, Buffer>> {
  const made = new Map<Form, Buffer>();
  if (hasPdf(forms)) {
    const pdf = await renderPdf(content, { ...options, trace });
    if (forms.has('pdf')) made.set('pdf', pdf);
    if (forms.has('fhir-bundle'))
      made.set('fhir-bundle', Buffer.from(JSON.stringify(renderFhirBundle(content, pdf, options))));
  }
  if (forms.has('hl7-oru')) made.set('hl7-oru', Buffer.from(renderOru(content, options)));
  return made;
}
