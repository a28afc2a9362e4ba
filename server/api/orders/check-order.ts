import { agreementStanding, dayIn, isInForce } from '@lianzhen/contracts/agreement-rules.ts';
import { type ErrorCode, HubError } from '@lianzhen/contracts/errors.ts';
import { isReceivable, receivableLines, type ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { consentProblems, type Problem } from './consent-rules.ts';
import { examProblems } from './exam-rules.ts';
import * as store from './store.ts';

/** A request that may go out, with what it refers to. */
export type CheckedOrder = Awaited<ReturnType<typeof checkOrder>>;
type Found = Problem & { code: ErrorCode; missing?: string };

const icd10 = /^[A-Z]\d{2}(\.[0-9A-Za-z+*]{1,10})?$/;
const pairings = ['pairing', 'east-west'];

/**
 * Whether a request may go out. Who and where come first; then everything that is missing or wrong is named at once.
 * The error's code is that of the first problem, its `fields` are all of them.
 * @param scope where the sender may ask
 * @throws `not-found`, `no-agreement` with `missing` as in contracts/facilities.ts, `line-not-open`, `consent-missing`, `bad-input`
 */
export async function checkOrder(tx: Tx, scope: FacilityScope, input: OrderBody, now: Date) {
  const patient = await store.patient(tx, scope, input.patientId);
  if (!patient) throw new HubError('not-found', { field: 'patientId' });
  const facility = await store.facility(tx, input.facilityId);
  const centre = await store.centre(tx, input.centreId);
  if (!facility || !centre) throw new HubError('not-found', { field: facility ? 'centreId' : 'facilityId' });
  const today = dayIn(facility.timeZone, now);
  const line = centre.line as ServiceLine;

  const codes = input.exams.map((exam) => exam.examCode);
  const items = new Map((await store.catalogueItems(tx, codes)).map((item) => [item.code, item]));
  const standing = await standingBetween(tx, [facility.id], [centre.facility.id], line, today);
  const paired = await pairedProblem(tx, input, [facility.id, centre.facility.id], line, today);
  const found: Found[] = [
    ...(patient.mergedIntoId ? [bad({ field: 'patientId', expected: 'the patient this one was merged into' })] : []),
    ...(isReceivable(line) ? [] : [notOpen]),
    ...(standing.missing ? [noAgreement('centreId', standing.missing)] : []),
    ...consentProblems(input, patient.name, now).map((problem) => ({ ...problem, code: 'consent-missing' as const })),
    ...examProblems(input.exams, items, line).map(bad),
    ...(icd10.test(input.diagnosisCode) ? [] : [bad({ field: 'diagnosisCode', expected: 'an ICD-10 code: S52.5' })]),
    ...(paired ? [noAgreement('pairedFacilityId', paired)] : []),
  ];
  const [first] = found;
  if (first || !standing.agreement) throw refusal(found);
  return {
    patient,
    facility,
    centre,
    agreement: standing.agreement,
    exams: input.exams.map((exam) => ({ ...exam, item: items.get(exam.examCode) as CatalogueRow })),
    villageId: await linkedVillage(tx, patient.villageId, [facility.id, centre.facility.id], today),
    pairedId: input.pairedFacilityId ?? null,
  };
}
type CatalogueRow = Awaited<ReturnType<typeof store.catalogueItems>>[number];

const bad = (problem: Problem): Found => ({ ...problem, code: 'bad-input' });
const notOpen: Found = {
  ...{ field: 'centreId', code: 'line-not-open' },
  expected: `a centre of ${receivableLines.join(', ')}`,
};
const noAgreement = (field: string, missing: string): Found => ({
  ...{ field, missing, code: 'no-agreement' },
  expected: 'an agreement in force that covers this line',
});

function refusal(found: readonly Found[]): HubError {
  const fields = found.map(({ field, expected, missing }) => ({ field, expected, ...(missing ? { missing } : {}) }));
  const missing = found[0]?.missing;
  return new HubError(found[0]?.code ?? 'no-agreement', { ...(missing ? { missing } : {}), fields });
}

async function standingBetween(tx: Tx, from: string[], to: string[], line: ServiceLine, today: string) {
  const rows = await store.agreements(tx, from, to);
  return agreementStanding(rows.map(factsOf), line, today);
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
const factsOf = <A extends { validFrom: Date; validTo: Date }>(row: A) => ({
  ...row,
  validFrom: day(row.validFrom),
  validTo: day(row.validTo),
});

/** The paired hospital takes part only under a pairing with the sender or the centre, whichever way it was written. */
async function pairedProblem(tx: Tx, input: OrderBody, own: string[], line: ServiceLine, today: string) {
  const { pairedFacilityId } = input;
  if (pairedFacilityId === undefined) return null;
  const rows = [
    ...(await store.agreements(tx, own, [pairedFacilityId])),
    ...(await store.agreements(tx, [pairedFacilityId], own)),
  ];
  const written = rows.filter(({ kind }) => pairings.includes(kind)).map(factsOf);
  return agreementStanding(written, line, today).missing;
}

/** The clinic that keeps the patient's contract hears of the result if it belongs to the sender or has an agreement. */
export async function linkedVillage(
  tx: Tx,
  villageId: string | null,
  own: string[],
  today: string,
): Promise<string | null> {
  const village = villageId === null ? null : await store.facility(tx, villageId);
  if (!village) return null;
  if (village.parentId && own.includes(village.parentId)) return village.id;
  const rows = [...(await store.agreements(tx, [village.id], own)), ...(await store.agreements(tx, own, [village.id]))];
  return rows.some((row) => isInForce(factsOf(row), today)) ? village.id : null;
}
