import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { ask } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { Desk } from './desk.tsx';
import type { DeskParts } from './desk-parts.ts';
import { usePrefetchNext } from './use-prefetch-next.ts';
import './worklist.css';
import './desk.css';

/** The desk of a centre's reader: the case that the address names, and the next one already on its way. */
export function DeskScreen({ parts }: { parts: DeskParts }) {
  const { caseId } = useParams({ from: '/worklist/$caseId' });
  const search = useSearch({ from: '/worklist/$caseId' });
  const { accountId } = useSession();
  const read = useQuery(ask('worklist', 'read', { id: caseId }));
  const holder = read.data?.holder;
  const purpose = holder?.accountId === accountId ? holder.purpose : undefined;
  usePrefetchNext(caseId, purpose, search);
  if (!read.data)
    return (
      <div className="desk desk-waiting">
        {read.error ? (
          <Failure error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 10 }} />
        )}
      </div>
    );
  return <Desk key={caseId} kase={read.data} search={search} parts={parts} />;
}
