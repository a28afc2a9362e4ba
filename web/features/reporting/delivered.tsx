import { inForce } from '@lianzhen/contracts/delivery.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../api/queries.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useReportingText } from './texts.ts';

/** How many of the facilities that are to have a version have said that they do. */
export function Delivered({ versionId }: { versionId: string }) {
  const t = useReportingText();
  const list = useQuery(ask('delivery', 'list', { versionId, page: 1, pageSize: 50 }));
  const rows = inForce(list.data?.rows ?? []);
  if (rows.length === 0) return null;
  const n = rows.filter(({ state }) => state === 'accepted').length;
  const bad = rows.filter(({ state }) => state === 'rejected' || state === 'failed').length;
  return (
    <Link to="/delivery/ledger" search={{ versionId }} data-testid="delivered">
      <ToneTag tone={bad > 0 ? 'bad' : n === rows.length ? 'good' : 'info'}>
        {bad > 0 ? t('deliveryBad', { n: bad }) : t('delivered', { n, all: rows.length })}
      </ToneTag>
    </Link>
  );
}
