import type { Receipt } from './adapters/adapter.ts';
import { plainAnswer, unanswered } from './answers.ts';

/** HL7 table 0008. A commit accept means: in safe storage, do not send again. */
const outcomes: Record<string, Receipt['outcome']> = {
  AA: 'accepted',
  CA: 'accepted',
  AE: 'rejected',
  AR: 'rejected',
  CE: 'rejected',
  CR: 'rejected',
};

/**
 * Reads an acknowledgement strictly: one MSH, one MSA whose code is of table 0008 and whose MSA-2 is our control id.
 * @throws HubError `unavailable` for anything else: an answer that cannot be understood does not say what was done
 */
export function readAcknowledgement(bytes: Uint8Array, controlId: string, charset: string): Receipt {
  const text = decode(bytes, charset);
  const lines = text.split(/\r\n?|\n/).filter((line) => line !== '');
  const header = lines[0] ?? '';
  const [field, component] = [header[3] ?? '|', header[4] ?? '^'];
  const segments = lines.map((line) => line.split(field));
  const msa = segments.find(([name]) => name === 'MSA');
  if (!header.startsWith('MSH') || !msa) throw unanswered('answer-malformed', plainAnswer(text).slice(0, 200));
  const [, code = '', answered = '', said = ''] = msa;
  if (answered !== controlId) throw unanswered('answer-of-another', `MSA-2 ${plainAnswer(answered).slice(0, 60)}`);
  const outcome = outcomes[code];
  if (!outcome) throw unanswered('answer-malformed', `MSA-1 ${plainAnswer(code).slice(0, 20)}`);
  const errors = segments.filter(([name]) => name === 'ERR').map((err) => errorText(err, component));
  const words = [code, unescaped(said), ...errors].filter((part) => part.trim() !== '');
  return { outcome, answer: plainAnswer(words.join('; ')) };
}

/** ERR-2 location, ERR-3 code, ERR-7 diagnostics, ERR-8 message for people (v2.5.1); ERR-1 is what older senders use. */
const errorText = (err: readonly string[], component: string): string =>
  [err[1], err[2], err[3], err[7], err[8]]
    .filter((part) => part)
    .map((part) => unescaped((part ?? '').split(component).filter(Boolean).join(' ')))
    .join(' ');

const escapes: Record<string, string> = { F: '|', S: '^', T: '&', R: '~', E: '\\', '.br': '\n' };
const unescaped = (text: string): string =>
  text.replace(/\\(\.br|[FSTRE])\\/g, (_, code: string) => escapes[code] ?? '');

/** The answer's own MSH-18 counts, else the character set that the destination is sent. */
function decode(bytes: Uint8Array, charset: string): string {
  const head =
    Buffer.from(bytes.subarray(0, 400))
      .toString('latin1')
      .split(/[\r\n]/)[0] ?? '';
  const declared = head.split(head[3] ?? '|')[17] || charset;
  return new TextDecoder(/GB ?18030/i.test(declared) ? 'gb18030' : 'utf-8').decode(bytes);
}
