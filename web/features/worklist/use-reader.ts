import { useMay, useSession } from '../../api/session.ts';
import type { Reader } from './claim-rules.ts';

export function useReader(): Reader {
  const { accountId, title } = useSession();
  const may = useMay();
  return { accountId, title, mayClaim: may('case:claim'), mayReview: may('report:review') };
}
