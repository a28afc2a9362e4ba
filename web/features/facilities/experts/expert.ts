import type { ExpertBody } from '@lianzhen/contracts/consultation-experts.ts';
import type { Inputs, Outputs } from '../../../api/client.ts';

/** An entry of the directory, as whoever may change it sees it. */
export type Expert = Outputs['consultation']['managedExperts'][number];
export type SavedExpert = Inputs['consultation']['saveExpert'];

export const expertKey = ({ accountId, facility }: Pick<Expert, 'accountId' | 'facility'>): string =>
  `${facility.id}-${accountId}`;

/** An entry as it is sent back, all of it. */
export function wholeOf(expert: Expert, part: Partial<ExpertBody>): SavedExpert {
  const { accountId, facility, specialty, introduction, independentSince, hours, override, isListed } = expert;
  const body = { specialty, introduction, independentSince, hours, override, isListed };
  return { accountId, facilityId: facility.id, revision: expert.revision, ...body, ...part };
}
