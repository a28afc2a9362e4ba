import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { unanswered } from './answers.ts';

const longestAnswer = 262_144;

export interface HttpAnswer {
  status: number;
  contentType: string;
  body: string;
}
export interface HttpQuestion {
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | string;
  /** Whom to ask for the host's addresses: `pinnedTo` those that were checked. */
  lookup?: LookupFunction;
}

/**
 * One HTTP request, bounded in time and in what is read of the answer. A redirect is not followed, and no connection is
 * kept: a result and a token go to the configured address only.
 * @throws HubError `unavailable` when no whole answer came
 */
export async function boundedFetch(
  url: URL,
  question: HttpQuestion,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await ask(url, question, limit);
    const contentType = response.headers['content-type'] ?? '';
    return { status: response.statusCode ?? 0, contentType, body: await readBounded(response) };
  } catch (cause) {
    if (limit.aborted) throw unanswered('no-answer-in-time', `${timeoutMs} ms`, cause);
    const { code } = cause as NodeJS.ErrnoException;
    if (code && !(cause instanceof HubError)) throw unanswered('connection-failed', code, cause);
    throw cause;
  }
}

function ask(url: URL, { body, ...options }: HttpQuestion, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    request(url, { ...options, signal, agent: false })
      .once('response', resolve)
      .once('error', reject)
      .end(body);
  });
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > longestAnswer) throw unanswered('answer-too-long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
