import { unanswered } from './answers.ts';

const longestAnswer = 262_144;

export interface HttpAnswer {
  status: number;
  contentType: string;
  body: string;
}

/**
 * One HTTP request, bounded in time and in what is read of the answer. A redirect is not followed: a result and a token
 * go to the configured address only.
 * @throws HubError `unavailable` when no whole answer came
 */
export async function boundedFetch(
  url: URL,
  init: { method: string; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> | string },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: limit });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: await readBounded(response) };
  } catch (cause) {
    if (limit.aborted) throw unanswered('no-answer-in-time', `${timeoutMs} ms`, cause);
    // undici wraps what happened to the socket.
    const { code } = ((cause as Error).cause ?? {}) as { code?: string };
    if (code) throw unanswered('connection-failed', code, cause);
    throw cause;
  }
}

async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > longestAnswer) throw unanswered('answer-too-long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
