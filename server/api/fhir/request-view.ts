import {
  accessionSystem,
  hubCodes,
  icd10,
  identifierTypes,
  orderSystem,
  organisationSystem,
  placerSystemOf,
  statusReason,
} from './code-systems.ts';
import type { RequestFound } from './request-store.ts';
import type { Resource } from './served-resource.ts';

/** http://hl7.org/fhir/R4/valueset-request-status.html */
export const stateOf: Record<string, string> = {
  active: 'submitted',
  'on-hold': 'returned',
  revoked: 'withdrawn',
  completed: 'completed',
};
const statusOf = (state: string): string =>
  Object.keys(stateOf).find((status) => stateOf[status] === state) ?? 'unknown';
const priorities: Record<string, string> = { emergency: 'stat', urgent: 'urgent' };
const typed = (code: string) => ({ coding: [{ system: identifierTypes, code }] });

/** An exam of an order as a ServiceRequest: known by the sender's own number and by its accession number. */
export function requestView({ order, ...exam }: RequestFound): Resource {
  const { requestingFacility, centre } = order;
  const placer = order.placerNumber && {
    type: typed('PLAC'),
    system: order.placerSystem ?? placerSystemOf(requestingFacility.code),
    value: order.placerNumber,
  };
  const reason = order.withdrawnReason ?? order.returnedReason;
  const organisation = ({ code, name }: { code: string; name: string }) => ({
    ...{ type: 'Organization', identifier: { system: organisationSystem, value: code }, display: name },
  });
  return {
    resourceType: 'ServiceRequest',
    id: exam.id,
    meta: { versionId: String(order.revision) },
    ...(reason ? { extension: [{ url: statusReason, valueCodeableConcept: { text: reason } }] } : {}),
    identifier: [
      ...(placer ? [placer] : []),
      { type: typed('ACSN'), system: accessionSystem, value: exam.accessionNumber },
    ],
    requisition: { system: orderSystem, value: order.number },
    status: statusOf(order.state),
    intent: 'order',
    category: [{ coding: [{ system: hubCodes, code: order.line }] }],
    priority: priorities[order.urgency] ?? 'routine',
    code: { coding: [{ system: hubCodes, code: exam.examCode, display: exam.examName }], text: exam.examName },
    ...(exam.laterality ? { bodySite: [{ coding: [{ system: hubCodes, code: exam.laterality }] }] } : {}),
    subject: { reference: `Patient/${order.patient.id}`, display: order.patient.name },
    ...(order.visitNumber ? { encounter: { identifier: { value: order.visitNumber } } } : {}),
    authoredOn: order.submittedAt.toISOString(),
    requester: organisation(requestingFacility),
    performer: [{ ...organisation(centre.facility), display: centre.name }],
    reasonCode: [
      {
        coding: [{ system: icd10, code: order.diagnosisCode, display: order.diagnosisText }],
        text: order.diagnosisText,
      },
      { text: order.purpose },
    ],
    note: [{ text: order.history }],
  };
}
