import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { Outputs } from '../../../api/client.ts';

type Report = Outputs['reporting']['ofCase'];
export type Body = Pick<Report, 'findings' | 'impression' | 'advice' | 'positive' | 'critical' | 'criticalText'>;

/** What the report gives to the part that belongs to electrocardiograms. */
export interface EcgFormProps {
  kase: Outputs['worklist']['read'];
  ecg: EcgPart | null;
  isReadOnly: boolean;
  change: (part: Partial<Body & { ecg: EcgPart | null }>) => void;
  body: Body;
}
