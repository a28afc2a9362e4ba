import { readFile, stat } from 'node:fs/promises';

/** sent: the hub has it. refused: it will never take this file. later: nothing is wrong with the file. gone: it was taken away. */
export type Answer =
  | { kind: 'sent'; id: string }
  | { kind: 'refused'; why: string }
  | { kind: 'later'; why: string; retryAfterMs: number | null }
  | { kind: 'gone' };

export interface FileToSend {
  hub: string;
  token: string;
  path: string;
  name: string;
  signal: AbortSignal;
}

const mostBytes = 64 * 1024 * 1024;
/** A village's link carries 64 MB in this time at 1 Mbit/s. */
const longestMs = 600_000;

/** Sends one file to the hub and says what became of it. */
export async function sendFile({ hub, token, path, name, signal }: FileToSend): Promise<Answer> {
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) return { kind: 'gone' };
  if (size > mostBytes) return { kind: 'refused', why: `文件超过 64 MB · larger than 64 MB: ${size}` };
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return { kind: 'later', why: `${name} 正被占用 · in use`, retryAfterMs: null };
  try {
    const response = await fetch(new URL('/api/ecg/traces', hub), {
      method: 'POST',
      body: new Uint8Array(bytes),
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'accept-language': 'zh',
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    });
    return await answerOf(response);
  } catch (cause) {
    const why = cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : '';
    return { kind: 'later', why: `平台无应答 · no answer from the hub: ${why}`, retryAfterMs: null };
  }
}

interface Told {
  id?: unknown;
  code?: unknown;
  title?: unknown;
  requestId?: unknown;
  details?: Record<string, unknown>;
}

async function answerOf(response: Response): Promise<Answer> {
  const told = await response.json().then(
    (body): Told => (typeof body === 'object' && body !== null ? body : {}),
    (): Told => ({}),
  );
  if (response.ok && typeof told.id === 'string') return { kind: 'sent', id: told.id };
  // Only what the hub itself says of the file ends it; a proxy before it, a token that has run out, a full disk do not.
  const isAboutFile = [409, 413, 415, 422].includes(response.status) && typeof told.code === 'string';
  if (isAboutFile) return { kind: 'refused', why: reasonOf(told) };
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfterMs = seconds > 0 ? Math.min(seconds, 3600) * 1000 : null;
  const why =
    response.status === 401 || response.status === 403
      ? '令牌无效或无权发送 · the token is not valid, or may not send'
      : `平台应答 ${response.status} · the hub answered ${response.status}`;
  return { kind: 'later', why, retryAfterMs };
}

/** The words of the hub, then where in the file it was, for who has to mend it. */
function reasonOf({ code, title, requestId, details = {} }: Told): string {
  const facts = Object.entries(details).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${title ?? ''} (${code})`, ...facts, `requestId: ${requestId ?? ''}`].join('\n').slice(0, 4000);
}
