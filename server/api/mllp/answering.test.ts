import { HubError } from '@lianzhen/contracts/errors.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { expect, test } from 'vitest';
import type { Acknowledgement } from './acknowledge.ts';
import { answering, type Hl7Message } from './answering.ts';

const remote = { address: '127.0.0.1', port: 1 };
const clock = { now: () => new Date('2026-03-01T12:00:00.123Z') };
const log = createLog('test', 'silent');
const order = (fields: Record<number, string> = {}, rest = 'PID|1\r') => {
  const preset = { 3: 'HIS', 4: 'T01', 5: 'LIANZHEN', 6: 'C01', 9: 'ORM^O01', 10: 'M-1', 11: 'P', 12: '2.4' };
  const all: Record<number, string> = { ...preset, ...fields };
  const line = Array.from({ length: 17 }, (_, at) => all[at + 3] ?? '').join('|');
  return `MSH|^~\\&|${line}\r${rest}`;
};
async function answer(
  message: string | Buffer,
  take: (message: Hl7Message) => Acknowledgement | Promise<Acknowledgement> = () => ({ code: 'AA' }),
): Promise<string> {
  const handle = answering({ log, clock }, async (taken) => take(taken));
  return Buffer.from(await handle(Buffer.from(message), remote)).toString();
}
const throwing = (cause: unknown) => () => {
  throw cause;
};

test('an accepted message is answered to its sender with its control id', async () => {
  expect(await answer(order())).toBe(
    'MSH|^~\\&|LIANZHEN|C01|HIS|T01|20260301120000+0000||ACK^O01^ACK|20260301120000123|P|2.5.1|||||CHN|UNICODE UTF-8\rMSA|AA|M-1\r',
  );
});

test('the answer uses the delimiters of the message and echoes what stood between them', async () => {
  const said = await answer('MSH#*!@$#HIS*1.2*ISO#T01#L#C#20260301##ORM*O01#A@S@1#P#2.4\r', () => ({
    code: 'AE',
    text: 'no # and no * here',
    errors: [{ code: '101', location: 'PID^1^3', text: '必填@项' }],
  }));
  const [msh, msa, err] = said.split('\r');
  expect(msh?.startsWith('MSH#*!@$#L#C#HIS*1.2*ISO#T01#')).toBe(true);
  expect(msa).toBe('MSA#AE#A@S@1#no @F@ and no @S@ here');
  expect(err).toBe('ERR##PID*1*3#101*Required field missing*HL70357#E####必填@E@项');
});

test('what the sender has to mend is AE and names the field; what it can only repeat is AR', async () => {
  const bad = throwing(new HubError('bad-input', { field: 'PID-3', expected: 'an identifier with its authority' }));
  expect(await answer(order(), bad)).toContain(
    '\rMSA|AE|M-1|输入有误\rERR||PID^1^3|102^Data type error^HL70357|E||||输入有误 PID-3 an identifier with its authority\r',
  );
  expect(await answer(order(), throwing(new HubError('unavailable')))).toContain('\rMSA|AR|M-1|');
  const internal = await answer(order(), throwing(new Error('row 12 of 张三')));
  expect(internal).toContain('\rMSA|AR|M-1|系统内部错误\rERR|||207^');
  expect(internal).not.toContain('张三');
});

test('texts cannot add a segment to the answer', async () => {
  const said = await answer(order({ 10: 'M-1' }), () => ({ code: 'AE', text: 'a\rMSA|AA|M-1', errors: [] }));
  expect(said.split('\r').map((line) => line.slice(0, 3))).toEqual(['MSH', 'MSA', '']);
});

test('character sets: the declared one, else UTF-8, else GB 18030, and the answer in the same', async () => {
  const seen: string[] = [];
  const take = ({ text }: Hl7Message): Acknowledgement => {
    seen.push(text.includes('张三') ? 'read' : 'garbled');
    return { code: 'AE', text: '患者' };
  };
  const gb = (declared: string) =>
    Buffer.concat([Buffer.from(order({ 18: declared }, 'PID|||||')), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd, 0x0d])]);
  for (const message of [order({}, 'PID|||||张三\r'), gb(''), gb('GBK'), gb('GB 18030-2000')])
    await answer(message, take);
  expect(seen).toEqual(['read', 'read', 'read', 'read']);
  const handle = answering({ log, clock }, async (message) => take(message));
  const bytes = await handle(gb(''), remote);
  expect(new TextDecoder('gb18030').decode(bytes)).toContain('|GB 18030-2000\rMSA|AE|M-1|患者\r');
});

test('an unknown character set, wrong bytes and a missing control id are refused by name', async () => {
  expect(await answer(order({ 18: 'EBCDIC' }))).toContain('MSH^1^18|');
  const wrong = Buffer.concat([Buffer.from(order({ 18: 'UNICODE UTF-8' })), Buffer.from([0xff, 0x0d])]);
  expect(await answer(wrong)).toContain('\rMSA|AE|M-1|');
  expect(await answer(order({ 10: '' }))).toContain('MSH^1^10|');
});

test.each(['', 'PID|1', 'MSH', 'MSH|', 'MSHA^~\\&|', 'MSH||~\\&|', 'MSH|^^\\&|x', '\u0000\u0001\u0002'])(
  'without a header (%j) there is nothing to answer',
  async (message) => {
    await expect(answer(message)).rejects.toMatchObject({ code: 'malformed-request' });
  },
);
