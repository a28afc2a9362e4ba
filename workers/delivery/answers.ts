import { HubError } from '@lianzhen/contracts/errors.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import { ZodError } from 'zod';

/** What is kept of an answer: the other side's own words, on lines that cannot disguise themselves, bounded. */
export const answerLimit = 2000;
export function plainAnswer(text: string): string {
  // Cut first: what comes back may be long, and a surrogate pair must not be halved.
  const short = [...text.slice(0, answerLimit * 2)].slice(0, answerLimit).join('');
  return visibleText(short)
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, answerLimit);
}

/** Why nobody can tell whether the result arrived; each in both languages, for the ledger shows it as it is. */
const reasons = {
  'no-answer-in-time': '在限定时间内没有应答 / no answer in time',
  'connection-failed': '连接失败 / the connection failed',
  'connection-closed': '对方在应答之前关闭了连接 / the other side closed the connection before it answered',
  'answer-malformed': '应答无法识别 / the answer could not be understood',
  'answer-of-another': '应答的不是本消息 / the answer belongs to another message',
  'answer-too-long': '应答过长 / the answer is too long',
  'unexpected-status': '意外的状态 / an unexpected status',
  'host-not-allowed': '平台不允许连接该地址 / the hub may not connect to this host',
  'secret-missing': '未配置所需密钥 / the secret is not configured',
  'document-missing': '报告文件尚未生成 / the document is not there',
  'not-storable': '无法封装报告 / the report could not be wrapped',
} as const;
export type Unanswered = keyof typeof reasons;

/** "Could not tell": the delivery is tried again. @param detail technical words: a code, a status, a name of a setting */
export const unanswered = (why: Unanswered, detail = '', cause?: unknown): HubError =>
  new HubError('unavailable', { why, detail }, { cause });

/** One line for the ledger about whatever an adapter threw. */
export function describeFailure(cause: unknown): string {
  if (cause instanceof HubError && typeof cause.details.why === 'string') {
    const why = reasons[cause.details.why as Unanswered] ?? cause.details.why;
    const detail = String(cause.details.detail ?? '');
    return plainAnswer(detail ? `${why} (${detail})` : why);
  }
  if (cause instanceof ZodError) {
    const fields = cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return plainAnswer(`目的地配置有误 / the destination is not configured correctly (${fields})`);
  }
  const { name, code } = cause as { name?: string; code?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return reasons['no-answer-in-time'];
  if (code) return plainAnswer(`${reasons['connection-failed']} (${code})`);
  return plainAnswer(`系统内部错误 / internal error (${name ?? 'unknown'})`);
}
