import { afterEach, expect, test } from 'vitest';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { type Hl7Behaviour, type Hl7Receiver, startHl7Receiver } from '../../../tests/sims/hl7-receiver.ts';
import { controlIdOf, renderOru } from '../../reporting/forms/hl7-oru.ts';
import { describeFailure } from '../answers.ts';
import { sendHl7 } from './hl7-mllp.ts';

let receiver: Hl7Receiver;
afterEach(() => receiver.close());

const content = reportContent({ findings: '肺纹理增多。'.repeat(3000) });
const delivery = { id: '018f0000-0000-7000-8000-00000000d001', content, contentHash: sampleHash };
const controlId = controlIdOf(delivery.id);
const document = { form: 'hl7-oru' as const, bytes: Buffer.from(renderOru(content, { contentHash: sampleHash })) };
const send = (config: Record<string, unknown> = {}, signal = new AbortController().signal) => {
  const all = { host: '127.0.0.1', port: receiver.port, timeoutMs: 1000, ...config };
  return sendHl7(document, { id: 'd', kind: 'hl7-mllp', config: all, secrets: {} }, delivery, signal);
};
const failureOf = (sending: Promise<unknown>) => sending.then(() => 'no failure', describeFailure);

test.each([
  ['accept', { outcome: 'accepted', answer: 'AA' }],
  ['commit', { outcome: 'accepted', answer: 'CA' }],
  ['reject', { outcome: 'rejected', answer: 'AR; 不支持的消息&类型' }],
  ['error', { outcome: 'rejected', answer: 'AE; PID 1 3 204 Unknown key identifier HL70357 患者未登记' }],
] as const)('a receiver that says %s', async (how, receipt) => {
  receiver = await startHl7Receiver(how);
  expect(await send()).toEqual(receipt);
  expect(receiver.arrivals.map((arrival) => arrival.controlId)).toEqual([controlId]);
});

test.each<[Hl7Behaviour, RegExp]>([
  ['hang', /no answer in time \(1000 ms\)/],
  ['die', /connection/],
  ['lose-answer', /connection/],
  ['garble', /could not be understood.*HTTP\/1\.1 400/],
  ['mistake', /belongs to another message \(MSA-2 ANOTHER\)/],
])('a receiver that does %s leaves it open', async (how, said) => {
  receiver = await startHl7Receiver(how);
  expect(await failureOf(send())).toMatch(said);
});

test('a closed port is told, and the whole message arrives once it is open again', async () => {
  receiver = await startHl7Receiver();
  await receiver.kill();
  expect(await failureOf(send())).toMatch(/connection failed \(ECONNREFUSED\)/);
  await receiver.revive();
  await send();
  expect(receiver.filed()[0]).toContain(content.findings);
});

test('a repeat after a lost answer is the same message to the receiver', async () => {
  receiver = await startHl7Receiver('lose-answer');
  await failureOf(send());
  receiver.behave('accept');
  expect((await send()).outcome).toBe('accepted');
  const [first, second] = receiver.arrivals;
  expect(first?.bytes.equals(second?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(receiver.filed()).toHaveLength(1);
});

test('a receiver of GB 18030 gets those bytes', async () => {
  receiver = await startHl7Receiver();
  await send({ charset: 'GB 18030-2000', receivingApplication: 'HIS', receivingFacility: 'T01' });
  const [arrival] = receiver.arrivals;
  expect(arrival?.text).toContain('|HIS|T01|');
  expect(arrival?.text).toContain(content.findings);
  expect(arrival?.bytes.includes(Buffer.from('肺', 'utf8'))).toBe(false);
});

test('the job can end a call that hangs', async () => {
  receiver = await startHl7Receiver('hang');
  const stop = new AbortController();
  const failure = failureOf(send({ timeoutMs: 60_000 }, stop.signal));
  stop.abort();
  expect(await failure).toMatch(/no answer in time/);
});

test('settings that are wrong are named', async () => {
  receiver = await startHl7Receiver();
  expect(await failureOf(send({ host: '' }))).toMatch(/not configured correctly \(host:/);
});
