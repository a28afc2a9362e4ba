import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { ask } from '../api/queries.ts';

const sessionKey = ask('identity', 'session').queryKey;

/** One refused call means the session is over: the gate then asks for it again and shows the log-in. */
function noticeLostSession(error: unknown, queryKey?: readonly unknown[]): void {
  if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return;
  // The read of the session itself is what the gate looks at; asking again because of it would never end.
  if (queryKey && queryKey[0] === sessionKey[0] && queryKey[1] === sessionKey[1]) return;
  void cache.invalidateQueries({ queryKey: sessionKey });
}

/** A refusal stays a refusal; only a link that failed is worth another try. */
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'unreachable' || error.code === 'unavailable');

export const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => noticeLostSession(error, query.queryKey) }),
  mutationCache: new MutationCache({ onError: (error) => noticeLostSession(error) }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      retryDelay: (attempt) => 800 * 2 ** attempt,
      refetchOnReconnect: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
