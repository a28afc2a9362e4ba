import type { OrderBody } from '@lianzhen/contracts/orders.ts';

/** Something of a request that is missing or wrong: which field, and what was expected there. Never the value itself. */
export interface Problem {
  field: string;
  expected: string;
}

const clockSkewMs = 5 * 60_000;

/**
 * What is wrong with a consent: whoever signs for another says as whom, and consent may be left for
 * later only in an emergency.
 */
export function consentProblems(
  { consent, urgency }: Pick<OrderBody, 'consent' | 'urgency'>,
  patientName: string,
  now: Date,
): Problem[] {
  const problems: Problem[] = [];
  if (consent.relation === 'self' && plain(consent.signer) !== plain(patientName))
    problems.push({ field: 'consent.relation', expected: 'the relation of the signer, who is not the patient' });
  if (consent.method === 'emergency' && urgency !== 'emergency')
    problems.push({ field: 'consent.method', expected: 'another method: the order is not an emergency' });
  if (Date.parse(consent.givenAt) > now.getTime() + clockSkewMs)
    problems.push({ field: 'consent.givenAt', expected: 'a time that is not in the future' });
  return problems;
}

const plain = (name: string): string => name.normalize('NFKC').replace(/[\s·]/g, '').toLowerCase();
