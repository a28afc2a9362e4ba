import type { AgreementState, ReachableCentre, ServiceLine } from './facilities.ts';
import { partsIn } from './report-dates.ts';

/** The parts of an agreement that decide whether something may be sent under it. Dates are days, both included. */
export interface AgreementFacts {
  state: AgreementState | string;
  lines: readonly string[];
  validFrom: string;
  validTo: string;
}
export type MissingAgreement = NonNullable<ReachableCentre['missing']>;
export type AgreementStanding<A> = { agreement: A; missing: null } | { agreement: null; missing: MissingAgreement };

/** From what lacks least to what lacks most: the sender is told the shortest way. */
const byNearness: readonly MissingAgreement[] = ['line-not-covered', 'not-yet-valid', 'not-signed', 'expired'];

/**
 * Whether a request of this line may go out today under one of the agreements between two facilities: signed, in date,
 * covering the line.
 * @param agreements all of them from the sender to the receiver, in any state
 * @param today in the sender's time zone, `2026-11-22`: see `dayIn`
 * @returns the agreement that lasts longest, or what is missing
 */
export function agreementStanding<A extends AgreementFacts>(
  agreements: readonly A[],
  line: ServiceLine,
  today: string,
): AgreementStanding<A> {
  const inForce = agreements.filter((agreement) => lacks(agreement, line, today) === null);
  const longest = inForce.reduce<A | null>((best, one) => (best && best.validTo >= one.validTo ? best : one), null);
  if (longest) return { agreement: longest, missing: null };
  const lacking = new Set(agreements.map((agreement) => lacks(agreement, line, today)));
  return { agreement: null, missing: byNearness.find((missing) => lacking.has(missing)) ?? 'no-agreement' };
}

/** Signed, and today lies between the two dates. */
export const isInForce = (agreement: Omit<AgreementFacts, 'lines'>, today: string): boolean =>
  agreement.state === 'signed' && agreement.validFrom <= today && today <= agreement.validTo;

function lacks(agreement: AgreementFacts, line: ServiceLine, today: string): MissingAgreement | null {
  if (agreement.state === 'ended' || agreement.validTo < today) return 'expired';
  if (agreement.state !== 'signed') return 'not-signed';
  if (today < agreement.validFrom) return 'not-yet-valid';
  return agreement.lines.includes(line) ? null : 'line-not-covered';
}

/** The day of an instant in a place, `2026-11-22`. @param timeZone IANA name; an unknown one throws a RangeError */
export function dayIn(timeZone: string, instant: Date): string {
  const { year, month, day } = partsIn(instant.toISOString(), timeZone);
  return `${year}-${month}-${day}`;
}
