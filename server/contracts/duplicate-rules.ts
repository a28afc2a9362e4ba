import type { z } from 'zod';
import { readIdCard } from './id-card.ts';
import type { Evidence } from './patients.ts';

type EvidenceRow = z.infer<typeof Evidence>;

export interface Comparable {
  name: string;
  namePinyin: string;
  sex: string;
  birthDate: string | null;
  phone: string | null;
  address: string | null;
  identifiers: ReadonlyArray<{ type: string; issuer: string; value: string }>;
}

/** Below this nobody is asked. A name alone never reaches it. */
export const proposalScore = 60;

const weights = { name: 25, birthDate: 30, sex: 5, phone: 25, address: 10 } as const;

/**
 * What two numbers of one kind from one issuer weigh. A person has one ID card number and one birth certificate for life,
 * so two of them are two people. A passport or a card is renewed. Two record numbers of one facility are what a person
 * registered twice there has: they say nothing, and the next number in the series is the next patient, not a slip.
 */
const numberWeights: Record<string, { slip: number; different: number }> = {
  'id-card': { slip: 20, different: -100 },
  'birth-certificate': { slip: 20, different: -100 },
  passport: { slip: 20, different: -10 },
  'health-card': { slip: 20, different: -10 },
};

/** What speaks for two rows being one person, and what against. Only numbers that are for life rule it out. */
export function compareIdentities(first: Comparable, second: Comparable): { score: number; evidence: EvidenceRow[] } {
  const evidence: EvidenceRow[] = [];
  let score = 0;
  const weigh = (field: keyof typeof weights, a: string | null, b: string | null, similar: boolean) => {
    if (!a || !b) return;
    const verdict = a === b ? 'same' : similar ? 'similar' : 'different';
    evidence.push({ field, first: a, second: b, verdict });
    score += verdict === 'same' ? weights[field] : verdict === 'similar' ? weights[field] * 0.6 : -weights[field];
  };
  weigh('name', first.name, second.name, first.namePinyin !== '' && first.namePinyin === second.namePinyin);
  weigh('birthDate', first.birthDate, second.birthDate, isSlipOfDate(first.birthDate, second.birthDate));
  weigh('sex', known(first.sex), known(second.sex), false);
  weigh('phone', digits(first.phone), digits(second.phone), false);
  weigh('address', first.address, second.address, sharesPrefix(first.address, second.address));
  for (const own of first.identifiers) {
    for (const other of second.identifiers) {
      if (own.type !== other.type || own.issuer !== other.issuer) continue;
      const { slip, different } = numberWeights[own.type] ?? { slip: 0, different: 0 };
      const isSimilar = slip > 0 && isSlip(own, other);
      evidence.push({
        field: own.type,
        first: own.value,
        second: other.value,
        verdict: isSimilar ? 'similar' : 'different',
      });
      score += isSimilar ? slip : different;
    }
  }
  return { score: Math.round(score), evidence };
}

const known = (sex: string): string | null => (sex === 'male' || sex === 'female' ? sex : null);
/** A placeholder such as 0 or 123 is nobody's number. */
function digits(phone: string | null): string | null {
  const all = phone?.replace(/\D/g, '').slice(-11) ?? '';
  return all.length >= 7 ? all : null;
}
const differences = (a: string, b: string): number => [...a].filter((letter, at) => letter !== b[at]).length;
/**
 * One wrong or two swapped digits. Two ID cards that both pass their check cannot come from one such slip (ISO 7064
 * MOD 11-2 finds them all): twins have numbers as close as that.
 */
function isSlip(own: { type: string; value: string }, other: { value: string }): boolean {
  if (own.type === 'id-card' && readIdCard(own.value) && readIdCard(other.value)) return false;
  return own.value.length === other.value.length && isOneSlip(own.value, other.value);
}
const isOneSlip = (a: string, b: string): boolean =>
  differences(a, b) === 1 || (differences(a, b) === 2 && [...a].sort().join('') === [...b].sort().join(''));

/** 1958-03-12 is one slip of the pen away from 1958-03-21, 1958-03-13 and, day and month swapped, 1958-12-03. */
function isSlipOfDate(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  return isOneSlip(a, b) || b === a.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1-$3-$2');
}
const sharesPrefix = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.length >= 6 && a.slice(0, 6) === b.slice(0, 6);
