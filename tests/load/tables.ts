import type { Ingest } from './ingest.ts';
import type { Retrieval } from './retrieve.ts';
import type { SystemName } from './systems.ts';

const titles: Record<SystemName, string> = {
  hub: 'hub',
  orthanc: 'Orthanc, SQLite',
  'orthanc-pg': 'Orthanc, PostgreSQL',
};

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The smallest of the numbers below which so many percent of them lie, itself included (nearest rank). */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

function medians<T extends object>(results: readonly T[]): Record<keyof T, number> {
  const keys = Object.keys(results[0] ?? {}) as (keyof T)[];
  const pairs = keys.map((key) => [key, median(results.map((result) => Number(result[key])))]);
  return Object.fromEntries(pairs) as Record<keyof T, number>;
}

const row = (name: string, cells: string[]): string =>
  `  ${name.padEnd(22)}${cells.map((cell) => cell.padStart(11)).join('')}`;
const times = (one: number, other: number): string => `x${(one / other).toFixed(2)}`;

/** What the hub aims at beside what it is compared with: rates at least, CPU seconds at most. */
const aims: Record<Exclude<SystemName, 'hub'>, { one: number; many: number }> = {
  orthanc: { one: 2, many: 1.5 },
  'orthanc-pg': { one: 3, many: 2.5 },
};
const cpuAim = 0.5;

export function ingestTable(
  title: string,
  results: ReadonlyMap<SystemName, readonly Ingest[]>,
  senders: number,
): string {
  const all = new Map([...results].map(([name, rounds]) => [name, medians(rounds)]));
  const lines = [
    `\n${title}`,
    row('', ['acked/s', 'indexed/s', 'CPU s/1000', '  indexed', 'door MB', 'all MB']),
    ...[...all].map(([name, one]) =>
      row(titles[name], [
        one.perSecond.toFixed(0),
        one.indexedPerSecond.toFixed(0),
        one.cpuPerThousand.toFixed(2),
        one.indexedCpuPerThousand.toFixed(2),
        one.doorMegabytes.toFixed(0),
        one.allMegabytes.toFixed(0),
      ]),
    ),
  ];
  const hub = all.get('hub');
  for (const [name, other] of all) {
    if (!hub || name === 'hub') continue;
    const aim = senders === 1 ? aims[name].one : aims[name].many;
    const cells = [
      times(hub.perSecond, other.perSecond),
      times(hub.indexedPerSecond, other.indexedPerSecond),
      times(hub.cpuPerThousand, other.cpuPerThousand),
      times(hub.indexedCpuPerThousand, other.indexedCpuPerThousand),
      times(hub.doorMegabytes, other.doorMegabytes),
      times(hub.allMegabytes, other.allMegabytes),
    ];
    lines.push(`${row(`hub / ${titles[name]}`, cells)}   aim: rate at least x${aim}, CPU at most x${cpuAim}`);
  }
  return lines.join('\n');
}

export function retrievalTable(title: string, results: ReadonlyMap<SystemName, readonly Retrieval[]>): string {
  const all = new Map([...results].map(([name, rounds]) => [name, medians(rounds)]));
  const lines = [
    `\n${title}`,
    row('', ['answers/s', 'MB/s', 'CPU s/1000']),
    ...[...all].map(([name, one]) =>
      row(titles[name], [one.perSecond.toFixed(1), one.megabytesPerSecond.toFixed(1), one.cpuPerThousand.toFixed(2)]),
    ),
  ];
  const hub = all.get('hub');
  for (const [name, other] of all) {
    if (!hub || name === 'hub') continue;
    const cells = [times(hub.perSecond, other.perSecond), '', times(hub.cpuPerThousand, other.cpuPerThousand)];
    lines.push(row(`hub / ${titles[name]}`, cells));
  }
  return lines.join('\n');
}
