/** Leads that are sums of I and II (Einthoven, Goldberger), so that a recorder need not store them. */
export const limbSums = {
  III: { I: -1, II: 1 },
  aVR: { I: -0.5, II: -0.5 },
  aVL: { I: 1, II: -0.5 },
  aVF: { I: -0.5, II: 1 },
} as const;
export type DerivedLead = keyof typeof limbSums;

/** The order of the standard electrocardiogram. */
export const twelveLeads = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
export type StandardLead = (typeof twelveLeads)[number];
/** Anatomical order of the limb leads, with -aVR. */
export const cabreraLeads = ['aVL', 'I', '-aVR', 'II', 'aVF', 'III', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

export const isStandardLead = (code: string): code is StandardLead => (twelveLeads as readonly string[]).includes(code);

/** One spelling for what recorders write in many: `AVR`, `avr`, `Lead I`, `MDC_ECG_LEAD_V3`, `v4r`. */
export function leadCode(name: string): string {
  const plain = name
    .trim()
    .replace(/^MDC_ECG_LEAD_/i, '')
    .replace(/^lead[\s_-]*/i, '')
    .replace(/^(-?)aug[\s_]?v/i, '$1aV')
    .replaceAll(' ', '');
  if (/^(I|II|III|X|Y|Z)$/i.test(plain)) return plain.toUpperCase();
  if (/^aV[RLF]$/i.test(plain)) return `aV${plain.slice(2).toUpperCase()}`;
  if (/^-aVR$/i.test(plain)) return '-aVR';
  if (/^V[1-9](R|)$/i.test(plain)) return plain.toUpperCase();
  return plain.slice(0, 16);
}
