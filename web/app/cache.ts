import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';

/** A refusal stays a refusal; only a link that failed is worth another try. */
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'unreachable' || error.code === 'unavailable');

export const cache = new QueryClient({
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
