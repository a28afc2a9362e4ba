import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/**
 * What a read has brought: a skeleton at first, an error with a way on, else the content. An error after a success
 * is shown above what is known, because old facts with a warning serve better than an empty page.
 */
export function Loaded<T>({ query, rows = 6, children }: LoadedProps<T>) {
  const failure = query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return failure || <Skeleton active paragraph={{ rows }} />;
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  );
}
