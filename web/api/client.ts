import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { ApiError, errorFromProblem } from './api-error.ts';

/** Long enough for a slow village link, short enough that nobody waits before a dead one. */
const timeoutMs = 30_000;

/** A call of the hub that is not JSON. Rejects with an ApiError, as every call does; `init.signal` gives it up. */
export async function hubFetch(request: Request, init: RequestInit = {}): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  let response: Response;
  try {
    response = await fetch(request, { ...init, signal, credentials: 'same-origin' });
  } catch (cause) {
    // A call given up by its caller is no failure of the link and stays what it is.
    if (request.signal.aborted) throw cause;
    throw new ApiError('unreachable', { cause });
  }
  if (response.ok) return response;
  const text = await response.text().catch(() => '');
  const error = errorFromProblem(response.status, parseJson(text), response.headers.get('x-request-id'));
  // The read of the session itself is what the log-in looks at; telling of it would ask for ever.
  if (error.code === 'unauthenticated' && !request.url.endsWith('/api/session')) tellSessionLost();
  throw error;
}

let tellSessionLost = () => {};

/** Calls back when any call is refused because the session is over. There is one listener: the log-in gate. */
export function onSessionLost(listener: () => void): () => void {
  tellSessionLost = listener;
  return () => {
    tellSessionLost = () => {};
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a problem document: a proxy's page, say. The status alone then says what happened.
    return undefined;
  }
}

const link = new OpenAPILink(hubContract, {
  url: () => `${window.location.origin}/api`,
  fetch: hubFetch,
  // What the hub says in words comes in the language of the page, not of the browser.
  headers: () => ({ 'accept-language': document.documentElement.lang || 'zh-CN' }),
});

/** The hub's JSON routes, typed from the contract. Every call rejects with an ApiError. */
export const api: ContractRouterClient<typeof hubContract> = createORPCClient(link);

export type Inputs = InferContractRouterInputs<typeof hubContract>;
export type Outputs = InferContractRouterOutputs<typeof hubContract>;
export type Word = keyof typeof hubContract;
