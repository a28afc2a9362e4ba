import { createHash } from 'node:crypto';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What a signature binds: SHA-256 over the canonical JSON of the whole content, hexadecimal. */
export const contentHash = (content: ReportContent): string => sha256(canonicalJson(content));

export interface ReportText {
  id: string;
  findings: string;
  impression: string;
  advice: string;
  positive: boolean | null;
  critical: boolean;
  criticalText: string | null;
  /** An `EcgPart`, as it is kept. */
  ecg: unknown;
}

/** What the writer signed: a reviewer approves this text and no other. */
export function textHash({ ecg, ...report }: ReportText): string {
  const { id, findings, impression, advice, positive, critical, criticalText } = report;
  const text = { id, findings, impression, advice, positive, critical, criticalText };
  return sha256(canonicalJson(ecg ? { ...text, ecg: EcgPart.parse(ecg) } : text));
}
