import { isSenior } from '@lianzhen/contracts/identity.ts';
import { purposeOf } from '@lianzhen/contracts/lease-rules.ts';
import type { CaseRow } from '@lianzhen/contracts/worklist.ts';

export interface Reader {
  accountId: string;
  title: string | null;
  mayClaim: boolean;
  mayReview: boolean;
}
export type Claim =
  /** Free: one click opens it. */
  | { can: 'read' | 'review' }
  /** In one's own hands already. */
  | { can: 'continue' }
  | { can: null; why: 'not-now' | 'held' | 'own-report' | 'not-senior' | 'not-allowed' };

type Claimable = Pick<CaseRow, 'state' | 'holder' | 'writerId'>;

/** Whether this person's signature counts as a reviewer's. */
export const isReviewer = ({ mayReview, title }: Pick<Reader, 'mayReview' | 'title'>): boolean =>
  mayReview && isSenior(title);

/** What this person may do with a case now. The hub decides; this only hides what it would refuse. */
export function claimOf(row: Claimable, me: Reader, now: Date): Claim {
  const purpose = purposeOf(row.state);
  if (!purpose) return { can: null, why: 'not-now' };
  if (!me.mayClaim) return { can: null, why: 'not-allowed' };
  const isHeld = row.holder !== null && Date.parse(row.holder.until) > now.getTime();
  if (isHeld && row.holder?.accountId === me.accountId) return { can: 'continue' };
  if (purpose === 'review') {
    if (row.writerId === me.accountId) return { can: null, why: 'own-report' };
    if (!isReviewer(me)) return { can: null, why: 'not-senior' };
  }
  return isHeld ? { can: null, why: 'held' } : { can: purpose };
}
