import type { ApiError } from '../api/api-error.ts';
import type { Language } from '../api/texts.ts';
import { spanText } from './time.ts';

const said = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : typeof value === 'number' ? String(value) : undefined;

type Pair = readonly [zh: string, en: string];

const whys = new Map<string, Pair>(
  Object.entries<Pair>({
    'not-signed': ['协议尚未签署', 'The agreement is not signed yet'],
    'not-yet-valid': ['协议尚未生效', 'The agreement is not in force yet'],
    expired: ['协议已到期', 'The agreement has expired'],
    'line-not-covered': ['协议不包含该类检查', 'The agreement does not cover this service'],
    'no-agreement': ['两机构之间没有协议', 'There is no agreement between the two facilities'],
    'being-read': ['正在阅片，请待其结束后再试', 'Somebody is reading it; try again afterwards'],
    'receives-only': ['本机构仅接收结果，不能更改图像归属', 'Your facility only receives the result of these images'],
    'host-not-allowed': [
      '平台不允许连接该地址，请联系平台运维将其加入 HUB_DESTINATION_HOSTS',
      'The hub may not connect to this host; its operator adds it to HUB_DESTINATION_HOSTS',
    ],
  }),
);

const weaknesses = new Map<string, Pair>(
  Object.entries<Pair>({
    guessable: ['太容易被猜到，请换一句别人想不到的话', 'It is easy to guess; take words nobody else would'],
    'same as before': ['与当前密码相同', 'It is the present password'],
  }),
);

/** @returns the details of an error that a person can act on, one line each; nothing technical, nobody's data. */
export function explain(error: ApiError, language: Language): string[] {
  const zh = language === 'zh';
  const lines: string[] = [];
  const { details } = error;
  const holder = said(details.holderName) ?? said(details.holder) ?? said(details.byName);
  if (holder) lines.push(zh ? `现由 ${holder} 占用` : `Held by ${holder}`);
  const why = said(details.missing) ?? said(details.why);
  const weakness = error.code === 'weak-password' ? said(details.reason) : undefined;
  const named = [whys.get(why ?? ''), weaknesses.get(weakness ?? '')];
  for (const pair of named) if (pair) lines.push(pair[zh ? 0 : 1]);
  const seconds = Number(details.retryAfterSeconds ?? Number.NaN);
  if (seconds > 0) {
    const span = spanText(seconds * 1000, language);
    lines.push(zh ? `请在 ${span} 后再试` : `Try again in ${span}`);
  }
  return lines;
}
