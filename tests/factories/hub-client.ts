import { type ErrorCode, isErrorCode, type Problem } from '@lianzhen/contracts/errors.ts';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';

/** The part of a contract's route that a client needs; its schemas carry the types of what goes in and comes out. */
interface Route {
  '~orpc': { route: { method?: string; path?: string }; inputSchema?: unknown; outputSchema?: unknown };
}
type InputOf<R extends Route> = R['~orpc'] extends {
  inputSchema?: { '~standard': { types?: { input: infer I } | undefined } };
}
  ? I
  : unknown;
type OutputOf<R extends Route> = R['~orpc'] extends {
  outputSchema?: { '~standard': { types?: { output: infer O } | undefined } };
}
  ? O
  : undefined;

/** What the hub answered instead of a result; `unreachable` where no answer came at all. */
export class HubRefusal extends Error {
  readonly code: ErrorCode | 'unreachable';
  readonly status: number;
  readonly details: Record<string, unknown>;
  constructor(code: ErrorCode | 'unreachable', status: number, details: Record<string, unknown>, where: string) {
    super(`${where}: ${code} ${status} ${JSON.stringify(details)}`);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Somebody in front of the hub: one who is logged in, a machine with a token, or nobody. */
export interface Caller {
  readonly url: string;
  /** Sent with every request; a socket takes them as well. */
  readonly headers: Readonly<Record<string, string>>;
  /** Calls a JSON route. @throws HubRefusal */
  call<R extends Route>(route: R, ...input: unknown extends InputOf<R> ? [] : [InputOf<R>]): Promise<OutputOf<R>>;
  /** Any other request, with this caller's credentials. @throws HubRefusal `unreachable` */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** How long a person or machine waits for an answer before giving up. */
const timeoutMs = 15_000;

export function callerOf(url: string, headers: Record<string, string> = {}): Caller {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const all = { ...headers, ...(init.headers as Record<string, string> | undefined) };
    const signal = init.signal ?? AbortSignal.timeout(timeoutMs);
    return fetch(`${url}${path}`, { ...init, headers: all, signal }).catch((cause: Error) => {
      throw new HubRefusal('unreachable', 0, { why: String(cause.cause ?? cause.message) }, path);
    });
  };
  return {
    url,
    headers,
    fetch: ask,
    call: async (route, ...[input]) => {
      const { method = 'POST', path = '' } = route['~orpc'].route;
      const response = await ask(...requestOf(method, path, (input ?? {}) as Record<string, unknown>));
      const body = await bodyOf(response, `${method} ${path}`);
      if (!response.ok) throw refusalOf(response.status, body as Partial<Problem>, `${method} ${path}`);
      return body as never;
    },
  };
}

export const machine = (url: string, token: string): Caller => callerOf(url, { authorization: `Bearer ${token}` });

/** Logs in with the password of the demo region unless told another. */
export async function logIn(url: string, username: string, password = 'Lianzhen-demo-1'): Promise<Caller> {
  const { method = 'POST', path = '' } = hubContract.identity.logIn['~orpc'].route;
  const response = await callerOf(url).fetch(...requestOf(method, path, { username, password }));
  if (!response.ok) throw refusalOf(response.status, (await response.json()) as Partial<Problem>, `${method} ${path}`);
  await response.arrayBuffer();
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return callerOf(url, { cookie: cookie.join('; ') });
}

/** The parts of the path are taken out of the input; what is left goes into the query or, for a write, into the body. */
function requestOf(method: string, path: string, input: Record<string, unknown>): [path: string, init: RequestInit] {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams(
      Object.entries(rest).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      ),
    );
    return [`/api${filled}${query.size > 0 ? `?${query}` : ''}`, { method }];
  }
  return [`/api${filled}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }];
}

/** A hub that is killed in the middle of an answer has not answered. */
async function bodyOf(response: Response, where: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new HubRefusal('unreachable', response.status, { why: String(cause) }, where);
  }
}

function refusalOf(status: number, { code, details = {} }: Partial<Problem>, where: string): HubRefusal {
  return new HubRefusal(isErrorCode(code) ? code : 'internal', status, details, where);
}
