import { expect, test } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import { answerOf, keepSending, type SendAnswer, type SendStep } from './send-trace.ts';

const taken: SendAnswer = { outcome: 'taken', trace: { id: 'a', warnings: [] } };
const lost: SendAnswer = { outcome: 'unreachable', error: new ApiError('unreachable') };
const run = async (answers: SendAnswer[], signal = new AbortController().signal) => {
  const steps: SendStep[] = [];
  const pauses: number[] = [];
  const send = async (tell: (share: number) => void) => {
    tell(0.5);
    return answers.shift() ?? lost;
  };
  await keepSending(
    send,
    (step) => steps.push(step),
    signal,
    async (ms) => void pauses.push(ms),
  );
  return { phases: steps.map(({ phase }) => phase), pauses };
};

test('what the hub took is told by its answer, and a refusal by its code', () => {
  expect(answerOf(201, '{"id":"a","warnings":[]}', null)).toEqual(taken);
  expect(answerOf(200, '{"id":"a","warnings":[]}', null)).toEqual(taken);
  const refused = answerOf(422, '{"code":"ecg-invalid","details":{"where":"section 6"}}', null);
  expect(refused).toMatchObject({
    outcome: 'refused',
    error: { code: 'ecg-invalid', details: { where: 'section 6' } },
  });
  expect(answerOf(503, '<html>', null).outcome).toBe('unreachable');
  expect(answerOf(200, '<html>log in to the network</html>', null).outcome).not.toBe('taken');
});

test('a link that fails is tried again until the hub has it', async () => {
  const { phases, pauses } = await run([lost, lost, taken]);
  expect(phases.filter((phase, at) => phase !== phases[at - 1])).toEqual([
    ...['sending', 'waiting', 'sending', 'waiting', 'sending', 'taken'],
  ]);
  expect(pauses).toEqual([1000, 3000]);
});

test('a refusal is final, and a dead link ends in a person’s hands', async () => {
  const error = new ApiError('ecg-invalid');
  expect((await run([{ outcome: 'refused', error }])).phases.at(-1)).toBe('refused');
  expect((await run([])).phases.at(-1)).toBe('lost');
});

test('given up, nothing more is told', async () => {
  const stop = new AbortController();
  stop.abort();
  expect((await run([taken], stop.signal)).phases).toEqual([]);
});
