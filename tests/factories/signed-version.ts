import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { renderDocuments } from '@lianzhen/contracts/jobs.ts';
import { type ReportContent, ReportContent as Schema } from '@lianzhen/contracts/reporting.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { GivenFacility } from './callers.ts';
import type { Region } from './region.ts';
import { reportContent } from './report-content.ts';

const seconds = (from: Date, by: number) => new Date(from.getTime() + by * 1000).toISOString();

export interface GivenReport {
  reportId: string;
  content: ReportContent;
}

/** An order with its case and an empty report, in the rows that a signature needs. */
export async function givenReport(db: Db, region: Region): Promise<GivenReport> {
  const { township, county, centre, patient } = region;
  const agreement = await db.agreement.findFirstOrThrow({ where: { fromId: township.id, toId: county.id } });
  const sample = reportContent();
  const number = `R${randomUUID().slice(0, 8)}`;
  const { id, requestingFacility, requester, ...stated } = sample.order;
  const order = await db.order.create({
    data: {
      ...stated,
      number,
      placerNumber: `HIS-${number}`,
      line: 'imaging',
      state: 'completed',
      patientId: patient.id,
      requestingFacilityId: township.id,
      centreId: centre.id,
      agreementId: agreement.id,
      parties: {
        create: [
          { facilityId: township.id, part: 'requester' },
          { facilityId: county.id, part: 'centre' },
        ],
      },
      case: {
        create: {
          line: 'imaging',
          centreId: centre.id,
          urgency: 'urgent',
          deadlineMinutes: 60,
          report: { create: {} },
        },
      },
    },
    include: { case: { include: { report: true } } },
  });
  const reportId = order.case?.report?.id ?? '';
  const party = ({ id: facilityId, code, name }: GivenFacility) => ({ id: facilityId, code, name });
  const content = reportContent({
    reportId,
    patient: { ...sample.patient, id: patient.id },
    order: { ...sample.order, id: order.id, number, placerNumber: null, requestingFacility: party(township) },
    exams: sample.exams.map((exam, at) => ({ ...exam, accessionNumber: `${number}-${at}` })),
    centre: { id: centre.id, name: centre.name, line: 'imaging', facility: party(county) },
  });
  return { reportId, content };
}

/** Signs the next version of a report as `sign-report` leaves it: a frozen row, its deliveries, the promised job. */
export async function signVersion(
  db: Db,
  { reportId, content }: GivenReport,
  destinations: readonly { id: string; facilityId: string }[],
  changes: Partial<ReportContent> = {},
) {
  const last = await db.reportVersion.findFirst({ where: { reportId }, orderBy: { number: 'desc' } });
  const number = (last?.number ?? 0) + 1;
  const signedAt = seconds(new Date(content.signedAt), number);
  const replaced = last ? { kind: 'corrected' as const, replacesVersion: last.number, amendmentReason: '更正' } : {};
  const frozen = Schema.parse({ ...content, ...replaced, versionNumber: number, signedAt, ...changes });
  const contentHash = createHash('sha256').update(canonicalJson(frozen)).digest('hex');
  return db.transaction(async (tx) => {
    const version = await tx.reportVersion.create({
      data: {
        ...{ reportId, number, contentHash, signedAt, kind: frozen.kind, content: frozen },
        ...{ writerId: frozen.writer.id, reviewerId: frozen.reviewer?.id, replacesId: last?.id },
        deliveries: {
          create: destinations.map(({ id, facilityId }) => ({ destinationId: id, facilityId, part: 'requester' })),
        },
      },
      include: { deliveries: true },
    });
    await enqueue(tx, renderDocuments, { versionId: version.id });
    return version;
  });
}

export const givenDestination = (db: Db, owner: GivenFacility, kind: DestinationKind, config: object = {}) =>
  db.destination.create({ data: { facilityId: owner.id, kind, name: `${owner.name} ${kind}`, config } });
