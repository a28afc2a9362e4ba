import { ApiError, errorFromProblem } from '../../../api/api-error.ts';

export interface SentTo {
  orderId?: string | undefined;
  /** The trace that this one repeats. */
  replaces?: string | undefined;
}
export interface TakenTrace {
  id: string;
  warnings: { code: string; where: string; detail?: string }[];
}
export type SendAnswer =
  | { outcome: 'taken'; trace: TakenTrace }
  | { outcome: 'refused'; error: ApiError }
  /** No answer, or one that says: come again. */
  | { outcome: 'unreachable'; error: ApiError };
/** Sends one file whole. The hub answers once it is safe; the same bytes again are the same trace. */
export type SendTrace = (
  file: Blob & { name?: string },
  to: SentTo,
  tell: (share: number) => void,
  signal: AbortSignal,
) => Promise<SendAnswer>;

/** The contract's bound of an upload. */
export const mostBytes = 64 * 1024 * 1024;
const comesAgain = new Set(['unreachable', 'unavailable', 'rate-limited', 'internal']);

/** By XMLHttpRequest, which alone tells how much of a file has left. */
export const sendTrace: SendTrace = (file, { orderId, replaces }, tell, signal) =>
  new Promise((resolve) => {
    const query = new URLSearchParams({
      ...(orderId ? { orderId } : {}),
      ...(replaces ? { replaces } : {}),
      ...(file.name ? { name: file.name.slice(0, 200) } : {}),
    });
    const request = new XMLHttpRequest();
    request.open('POST', `/api/ecg/traces?${query}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => total > 0 && tell(loaded / total);
    const lost = () => resolve({ outcome: 'unreachable', error: new ApiError('unreachable') });
    request.onerror = lost;
    request.onabort = lost;
    request.ontimeout = lost;
    request.onload = () =>
      resolve(answerOf(request.status, request.responseText, request.getResponseHeader('x-request-id')));
    if (signal.aborted) return lost();
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });

/** @returns what an answer says, by its status and its body */
export function answerOf(status: number, text: string, requestId: string | null): SendAnswer {
  const body = parsed(text);
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  if ((status === 200 || status === 201) && typeof id === 'string')
    return { outcome: 'taken', trace: { id, warnings: (body as Partial<TakenTrace>).warnings ?? [] } };
  const error = errorFromProblem(status, body, requestId);
  return { outcome: comesAgain.has(error.code) ? 'unreachable' : 'refused', error };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, say: the status alone tells.
    return undefined;
  }
}

export type SendStep =
  | { phase: 'sending'; share: number }
  /** The link has failed; it is tried again by itself. */
  | { phase: 'waiting'; error: ApiError }
  | { phase: 'taken'; trace: TakenTrace }
  | { phase: 'refused'; error: ApiError }
  /** Tried often enough; a person says when to go on. */
  | { phase: 'lost'; error: ApiError };

const waits = [1000, 3000, 10_000, 20_000];

/** Sends until it is taken or refused. What arrived without its answer is recognised by the hub when it comes again. */
export async function keepSending(
  send: (tell: (share: number) => void) => Promise<SendAnswer>,
  tell: (step: SendStep) => void,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    tell({ phase: 'sending', share: 0 });
    const answer = await send((share) => tell({ phase: 'sending', share }));
    if (signal.aborted) return;
    if (answer.outcome === 'taken') return tell({ phase: 'taken', trace: answer.trace });
    if (answer.outcome === 'refused') return tell({ phase: 'refused', error: answer.error });
    const wait = waits[tries];
    if (wait === undefined) return tell({ phase: 'lost', error: answer.error });
    tell({ phase: 'waiting', error: answer.error });
    await pause(wait);
  }
}
