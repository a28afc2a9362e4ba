import type { WrittenLead } from './write-scp.ts';

const eightLeads = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

/** Leads with a spike every 0.8 s at 500 Hz, waves and a little noise: integers that any coding must bring back. */
export function ecgLeads({ count, codes = eightLeads }: { count: number; codes?: readonly string[] }): WrittenLead[] {
  return codes.map((code, lead) => ({ code, samples: Array.from({ length: count }, (_, at) => unitsAt(at, lead)) }));
}

function unitsAt(at: number, lead: number): number {
  const phase = (at % 400) / 400;
  const spike = 400 * (lead - 2) * Math.exp(-(((phase - 0.4) / 0.015) ** 2));
  const wave = 60 * Math.sin(2 * Math.PI * phase) + 25 * Math.sin((at + 31 * lead) / 90);
  // Adding 0 makes of -0, which equals 0 but is not the same to a test, a 0.
  return Math.round(spike + wave + noise(at, lead)) + 0;
}

/** The same at every run: from -3 to 3. */
const noise = (at: number, lead: number): number => ((at * 7919 + lead * 104_729) % 7) - 3;
