import type { z } from 'zod';
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

/** Below this nobody is asked. A name alone never reaches it (domain.md rule 13). */
export const proposalScore = 60;

const weights = { name: 25, birthDate: 30, sex: 5, phone: 25, address: 10 } as const;

/**
 * What speaks for two rows being one person, and what against. Different numbers of the same kind from the same issuer
 * rule it out; everything else only adds or takes weight.
 */
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
  weigh('birthDate', first.birthDate, second.birthDate, isTransposed(first.birthDate, second.birthDate));
  weigh('sex', known(first.sex), known(second.sex), false);
  weigh('phone', digits(first.phone), digits(second.phone), false);
  weigh('address', first.address, second.address, sharesPrefix(first.address, second.address));
  for (const own of first.identifiers) {
    for (const other of second.identifiers) {
      if (own.type !== other.type || own.issuer !== other.issuer) continue;
      const isOneSlip = own.value.length === other.value.length && differences(own.value, other.value) <= 2;
      evidence.push({
        field: own.type,
        first: own.value,
        second: other.value,
        verdict: isOneSlip ? 'similar' : 'different',
      });
      score += isOneSlip ? 20 : -100;
    }
  }
  return { score: Math.round(score), evidence };
}

const known = (sex: string): string | null => (sex === 'male' || sex === 'female' ? sex : null);
const digits = (phone: string | null): string | null => phone?.replace(/\D/g, '').slice(-11) || null;
const differences = (a: string, b: string): number => [...a].filter((letter, at) => letter !== b[at]).length;
/** 1958-03-12 and 1958-12-03 are one slip of the pen apart. */
const isTransposed = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && differences(a, b) <= 2 && [...a].sort().join('') === [...b].sort().join('');
const sharesPrefix = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.length >= 6 && a.slice(0, 6) === b.slice(0, 6);
