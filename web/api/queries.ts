import { queryOptions, type UseMutationOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { type ApiError, asApiError } from './api-error.ts';
import { api, type Inputs, type Outputs, type Word } from './client.ts';
import { pressOnce } from './press-once.ts';
import { wordsTouchedBy } from './stale-words.ts';

type Call = (input: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>;

function callOf(word: Word, route: string): Call {
  const call = (api as unknown as Record<string, Record<string, Call>>)[word]?.[route];
  if (!call) throw new Error(`the contract has no route ${word}.${route}`);
  return call;
}

/**
 * A read of one contract route, for `useQuery`: `useQuery(ask('orders', 'list', { page: 1 }))`.
 * Its key is [word, route, input], so that a live event makes all reads of a word stale at once.
 */
export function ask<W extends Word, R extends keyof Inputs[W] & keyof Outputs[W] & string>(
  word: W,
  route: R,
  input?: Inputs[W][R],
) {
  return queryOptions<Outputs[W][R], ApiError, Outputs[W][R]>({
    queryKey: [word, route, input ?? {}],
    queryFn: async ({ signal }) => {
      try {
        return (await callOf(word, route)(input, { signal })) as Outputs[W][R];
      } catch (cause) {
        if (signal.aborted) throw cause;
        throw asApiError(cause);
      }
    },
  });
}

/**
 * A write of one contract route, for a button. Afterwards every read that may show the change is stale.
 * Rejects with ApiError; nothing is retried by itself, because only the person knows whether to try again. The same
 * press once more while its answer is on the way is dropped: a double click is one act.
 */
export function useAct<W extends Word, R extends keyof Inputs[W] & keyof Outputs[W] & string>(
  word: W,
  route: R,
  options: Omit<UseMutationOptions<Outputs[W][R], ApiError, Inputs[W][R]>, 'mutationFn'> = {},
) {
  const cache = useQueryClient();
  const presses = useRef(pressOnce());
  const act = useMutation<Outputs[W][R], ApiError, Inputs[W][R]>({
    ...options,
    mutationFn: async (input) => {
      try {
        return (await callOf(word, route)(input)) as Outputs[W][R];
      } catch (cause) {
        throw asApiError(cause);
      } finally {
        presses.current.end(input);
      }
    },
    onSettled: async (...args) => {
      for (const stale of wordsTouchedBy(word)) void cache.invalidateQueries({ queryKey: [stale] });
      await options.onSettled?.(...args);
    },
  });
  const { mutate: send } = act;
  const mutate = useCallback(
    (...args: Parameters<typeof send>) => {
      if (presses.current.begin(args[0])) send(...args);
    },
    [send],
  );
  return { ...act, mutate };
}
