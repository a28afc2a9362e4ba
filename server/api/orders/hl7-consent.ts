import { HubError } from '@lianzhen/contracts/errors.ts';
import { ConsentMethod, ConsentRelation } from '@lianzhen/contracts/orders.ts';
import type { Segment } from '../mllp/segments.ts';
import { hl7Name } from './hl7-patient.ts';
import { instantOf } from './hl7-time.ts';

type Relation = (typeof ConsentRelation)['_output'];
/** Table 0548 by number, table 0063 by letters. */
const relations: Record<string, Relation> = {
  ...{ 1: 'self', 2: 'parent', 3: 'other-relative', 4: 'guardian', 5: 'guardian' },
  ...{ SEL: 'self', SPO: 'spouse', CHD: 'child', PAR: 'parent', MTH: 'parent', FTH: 'parent', SIB: 'sibling' },
  ...{ BRO: 'sibling', SIS: 'sibling', GRD: 'guardian', EXF: 'other-relative' },
};
/** Table 0497, and E for a signature that was never on paper. */
const methods: Record<string, (typeof ConsentMethod)['_output']> = {
  W: 'written',
  V: 'verbal-recorded',
  T: 'verbal-recorded',
  E: 'electronic',
};

/**
 * CON (v2.5.1, 9.7.1): who agreed, as whom, how and when. A bypass for an emergency (CON-20) is the emergency's way.
 * @throws `consent-missing` where CON-11 does not say that consent is active
 */
export function hl7Consent(con: Segment | undefined, patientName: unknown, timeZone: string) {
  if (!con) return undefined;
  const status = con.text(11).toUpperCase();
  const isBypassed = con.text(20).toUpperCase() === 'E';
  if (status !== 'A' && !(status === 'B' && isBypassed))
    throw new HubError('consent-missing', { fields: [{ field: `CON[${con.nth}]-11`, expected: 'A, active' }] });
  const [as, how] = [con.text(25), con.text(10)];
  const relation = ConsentRelation.safeParse(as.toLowerCase()).data ?? relations[as.toUpperCase()] ?? as;
  const method = ConsentMethod.safeParse(how.toLowerCase()).data ?? methods[how.toUpperCase()] ?? how;
  return {
    signer: hl7Name(con, 24) || (relation === 'self' ? patientName : ''),
    relation,
    method: isBypassed ? 'emergency' : method,
    givenAt: instantOf(con.text(13), timeZone),
  };
}

export const consentPlaces = (con: Segment | undefined): Record<string, string> => {
  const at = con ? `CON[${con.nth}]` : 'CON';
  return {
    consent: at,
    'consent.signer': `${at}-24`,
    'consent.relation': `${at}-25`,
    'consent.method': `${at}-10`,
    'consent.givenAt': `${at}-13`,
  };
};
