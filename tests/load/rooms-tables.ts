import { isFull, type Step } from './rooms-capacity.ts';
import { type Compared, type Forwarding, perStream } from './rooms-forwarding.ts';
import type { JoinStep } from './rooms-join.ts';
import type { SignalStep } from './rooms-signals.ts';
import { median } from './tables.ts';

const row = (name: string | number, cells: readonly string[]): string =>
  `  ${String(name).padEnd(22)}${cells.map((cell) => cell.padStart(12)).join('')}`;

/** mediasoup's own advice for one core. */
const advised = 500;

export function capacityTable(steps: readonly Step[]): string {
  const held = steps.filter((step) => !isFull(step)).at(-1);
  const cost = held ? held.cpuPercent / held.consumers : Number.NaN;
  return [
    '\none media worker, four speakers, everyone gets all of them: 1.5 Mb/s VP8 of three layers, Opus, AES-256-GCM',
    row('consumers', ['CPU %', 'Mb/s out', 'loss %', 'delay p50 ms', 'p95 ms']),
    ...steps.map((step) =>
      row(step.consumers, [
        step.cpuPercent.toFixed(0),
        step.megabitsPerSecond.toFixed(0),
        step.lossPercent.toFixed(2),
        step.delayP50Ms.toFixed(1),
        step.delayP95Ms.toFixed(1),
      ]),
    ),
    row('held', [`${held?.consumers ?? 0}`, `x${((held?.consumers ?? 0) / advised).toFixed(1)} of ${advised}`]),
    row('one consumer', [`${cost.toFixed(3)} %`, 'of a core']),
  ].join('\n');
}

export function forwardingTable({ own, janus }: Compared, why: string | undefined): string {
  const line = (name: string, rounds: readonly Forwarding[][]): string => {
    const cells = (rounds[0] ?? []).map((_, at) => median(rounds.map((round) => round[at]?.cpuPercent ?? Number.NaN)));
    const cost = median(rounds.map(perStream));
    return row(name, [...cells.map((cell) => cell.toFixed(1)), `${cost.toFixed(3)} %`]);
  };
  const counts = own[0]?.map(({ receivers }) => `${receivers}`) ?? [];
  const ratio = median(own.map(perStream)) / median(janus.map(perStream));
  return [
    '\none speaker (1.5 Mb/s VP8, Opus) sent on, plain RTP in, AES-128-SHA1-80 out: CPU % of a core by receivers',
    row('', [...counts, 'one stream']),
    line('hub', own),
    ...(why ? [`  skipped: Janus (${why})`] : [line('Janus', janus), row('hub / Janus', [`x${ratio.toFixed(2)}`])]),
  ].join('\n');
}

export function joinTable(steps: readonly JoinStep[], tries: number): string {
  return [
    `\none more person comes into a room in which four speak and are seen: from the socket until all may flow (${tries} each)`,
    row('people there', ['streams', 'p50 ms', 'p95 ms']),
    ...steps.map(({ people, streams, p50Ms, p95Ms }) =>
      row(people, [`${streams}`, p50Ms.toFixed(0), p95Ms.toFixed(0)]),
    ),
  ].join('\n');
}

const kinds: Record<SignalStep['signal'], string> = { setTile: 'tiles by all', point: 'cursors by 4' };

export function signalTable(steps: readonly SignalStep[]): string {
  const titles = ['asked/s', 'told/s', 'p50 ms', 'p95 ms', 'node CPU %', 'http CPU %', 'per core/s'];
  return [
    '\nsignals through the gateway of one room, over the http role: each is asked again once it is answered',
    row('people', titles),
    ...steps.map((step) =>
      row(
        `${step.people} ${kinds[step.signal]}`,
        [
          step.askedPerSecond,
          step.toldPerSecond,
          step.p50Ms,
          step.p95Ms,
          step.nodeCpuPercent,
          step.httpCpuPercent,
          step.perCoreSecond,
        ].map((number) => number.toFixed(0)),
      ),
    ),
  ].join('\n');
}
