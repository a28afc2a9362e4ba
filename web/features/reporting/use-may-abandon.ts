import { isSenior } from '@lianzhen/contracts/identity.ts';
import { isOpenCorrection } from '@lianzhen/contracts/signing-rules.ts';
import { useMay, useSession } from '../../api/session.ts';
import type { Report } from './panel-props.ts';

/** Whether one may give up the correction that is open: who began it, and who may review. The hub decides. */
export function useMayAbandon(view: Report): boolean {
  const may = useMay();
  const { accountId, title } = useSession();
  const isReviewer = may('report:review') && isSenior(title);
  return isOpenCorrection(view) && (view.amendedById === accountId || isReviewer);
}
