import { isStandardLead, leadCode } from '../../leads.ts';
import type { Lead, RecordedFilter, Recording } from '../../trace.ts';
import { warn, type XmlSource, xmlInvalid } from './xml-source.ts';

const mostLeads = 64;
const other = /^(?:-aVR|V[1-9]R?|[XYZ])$/;

export interface StoredLead {
  /** As the file calls it. */
  readonly name: string;
  readonly samples: Int32Array;
  /** Microvolts per unit. */
  readonly gain: number;
  /** Microvolts at zero. */
  readonly baseline: number;
  readonly filter: RecordedFilter;
  /** Milliseconds after the beginning of the recording. */
  readonly offsetMs?: number;
}

/** The factor to microvolts of a unit of voltage as the formats spell them; undefined for any other. */
export function microvolts(unit: string | undefined): number | undefined {
  const factors: Readonly<Record<string, number>> = { nv: 1e-3, uv: 1, µv: 1, μv: 1, mv: 1e3, v: 1e6 };
  const plain = unit
    ?.trim()
    .toLowerCase()
    .replace(/^nanovolts?$/, 'nv')
    .replace(/^microvolts?$/, 'uv')
    .replace(/^millivolts?$/, 'mv');
  return plain !== undefined && Object.hasOwn(factors, plain) ? factors[plain] : undefined;
}

function asLead(source: XmlSource, stored: StoredLead, where: string): Lead {
  const code = leadCode(stored.name);
  if (!code) throw xmlInvalid(source, where, 'the name of a lead', stored.name);
  if (!isStandardLead(code) && !other.test(code)) warn(source, 'lead-unknown', `${where} ${code}`);
  if (!(stored.gain > 0) || !Number.isFinite(stored.gain) || !Number.isFinite(stored.baseline))
    throw xmlInvalid(source, `${where} ${code}`, 'a positive number of microvolts per unit', `${stored.gain}`);
  // Whether a gain is usual, and whether a stored limb lead is a sum of others, is asked in one place for all formats, of the samples and not of the name.
  return {
    code,
    derived: false,
    samples: stored.samples,
    gain: stored.gain,
    baseline: stored.baseline,
    filter: stored.filter,
  };
}

/**
 * Makes recordings of what one waveform of a file holds. Leads of another length or beginning than the others become
 * recordings of their own, the fullest first, with the warning `leads-unequal`: nothing is padded or cut.
 * Throws `ecg-invalid` for a lead that comes twice, a gain that is not positive, a rate out of all bounds.
 */
export function asRecordings(
  source: XmlSource,
  stored: readonly StoredLead[],
  base: Pick<Recording, 'kind' | 'label' | 'samplingFrequency' | 'startMs'>,
  where: string,
): Recording[] {
  const rate = base.samplingFrequency;
  if (!(rate >= 1 && rate <= 100_000))
    throw xmlInvalid(source, where, 'a sampling rate from 1 to 100000 Hz', `${rate}`);
  if (stored.length > mostLeads) throw xmlInvalid(source, where, `at most ${mostLeads} leads`, `${stored.length}`);
  const seen = new Set<string>();
  const groups = new Map<string, { offsetMs: number; leads: Lead[] }>();
  for (const one of stored) {
    const lead = asLead(source, one, where);
    if (seen.has(lead.code)) throw xmlInvalid(source, where, 'every lead once', lead.code);
    seen.add(lead.code);
    if (lead.samples.length === 0) {
      warn(source, 'samples-missing', `${where} ${lead.code}`);
      continue;
    }
    const offsetMs = one.offsetMs ?? 0;
    const key = `${lead.samples.length} ${offsetMs}`;
    const group = groups.get(key) ?? { offsetMs, leads: [] };
    group.leads.push(lead);
    groups.set(key, group);
  }
  if (groups.size > 1) warn(source, 'leads-unequal', where);
  return [...groups.values()]
    .sort((a, b) => b.leads.length - a.leads.length)
    .map(({ offsetMs, leads }) => ({ ...base, startMs: base.startMs + offsetMs, leads }));
}
