import type { TraceWarning } from '../../trace.ts';
import { leadOf } from './lead-names.ts';
import { type SectionCursor, scpInvalid } from './section-cursor.ts';

const maxLeads = 64;
/** 16 MB of samples: 12 leads for more than five minutes at 1000 Hz, while lengths of 16 bits seldom reach one minute. */
const maxSamples = 2 ** 22;

export interface ScpLead {
  readonly code: string;
  readonly derived: boolean;
  /** Number of the first sample, as section 3 counts them. */
  readonly first: number;
  readonly count: number;
}
export interface LeadDefinitions {
  readonly leads: readonly ScpLead[];
  /** Section 6 holds what remained after a reference beat was taken away. */
  readonly isBeatSubtracted: boolean;
}

/** Reads section 3 (EN 1064, 5.6): which leads follow and from where to where each was recorded, in samples. */
export function readLeadDefinitions(cursor: SectionCursor, warnings: TraceWarning[]): LeadDefinitions {
  const start = cursor.at();
  const count = cursor.u8('number of leads');
  if (count < 1 || count > maxLeads) throw scpInvalid(cursor.where, `1 to ${maxLeads} leads`, String(count), start);
  const flags = cursor.u8('lead flags');
  const leads = distinct(
    Array.from({ length: count }, () => readLead(cursor, warnings)),
    cursor.where,
    warnings,
  );
  const total = leads.reduce((sum, lead) => sum + lead.count, 0);
  if (total > maxSamples) throw scpInvalid(cursor.where, `at most ${maxSamples} samples in all`, String(total), start);
  return { leads, isBeatSubtracted: (flags & 1) !== 0 };
}

function readLead(cursor: SectionCursor, warnings: TraceWarning[]): ScpLead {
  const at = cursor.at();
  const [first, last] = [cursor.u32('first sample'), cursor.u32('last sample')];
  const id = cursor.u8('lead code');
  const named = leadOf(id);
  if (!named) warnings.push({ code: 'lead-unknown', where: cursor.where, detail: `lead code ${id}` });
  const { code, derived } = named ?? { code: `lead ${id}`, derived: false };
  if (last < first) throw scpInvalid(cursor.where, `${code} to end after sample ${first}`, `sample ${last}`, at);
  return { code, derived, first, count: last - first + 1 };
}

/** Two leads of one name and time would hide each other: the later ones get a number. */
function distinct(leads: readonly ScpLead[], where: string, warnings: TraceWarning[]): ScpLead[] {
  const seen = new Map<string, number>();
  return leads.map((lead) => {
    const key = `${lead.code} ${lead.first} ${lead.count}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times === 1) return lead;
    warnings.push({ code: 'lead-unknown', where, detail: `${lead.code} defined ${times} times` });
    return { ...lead, code: `${lead.code}#${times}` };
  });
}
