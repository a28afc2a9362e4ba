import type { Alarms } from './ecg-alarm.ts';
import type { Holter } from './ecg-holter.ts';
import type { Parsing } from './ecg-parse.ts';
import type { Redraw } from './ecg-redraw.ts';

const cells = (values: readonly string[]): string => values.map((value) => value.padStart(13)).join('');
const ms = (value: number | null): string => (value === null ? '-' : value.toFixed(2));
const table = (title: string, heads: readonly string[], rows: readonly (readonly [string, ...string[]])[]): string =>
  [
    `\n${title}`,
    `  ${''.padEnd(26)}${cells(heads)}`,
    ...rows.map(([name, ...row]) => `  ${name.padEnd(26)}${cells(row)}`),
  ].join('\n');
const times = (one: number | null, other: number): string => (one === null ? '-' : `x${(one / other).toFixed(2)}`);

/** Ratios above one: the hub is faster by that much. */
export const parseTable = (results: readonly Parsing[]): string =>
  table(
    'reading a file, medians in ms',
    ['KB', 'hub', 'dcmjs', 'biosig', '(its start)', 'dcmjs / hub', 'biosig / hub'],
    results.map((one) => [
      one.file,
      one.kilobytes.toFixed(0),
      ms(one.hubMs),
      ms(one.dcmjsMs),
      ms(one.biosigMs),
      ms(one.biosigStartMs),
      times(one.dcmjsMs, one.hubMs),
      times(one.biosigMs, one.hubMs),
    ]),
  );

export const holterTable = (results: readonly Holter[]): string =>
  table(
    'opening a Holter recording, three leads at 250 Hz',
    ['MB', 'measured s', 'open ms', 'overview KB'],
    results.map((one) => [
      `${one.hours} h`,
      one.megabytes.toFixed(0),
      one.readSeconds.toFixed(1),
      one.openMs.toFixed(0),
      one.overviewKilobytes.toFixed(0),
    ]),
  );

export const alarmTable = (result: Alarms | undefined): string =>
  result
    ? table(
        `from the answer to an upload to the sound at the reader, ${result.perMinute} traces a minute`,
        ['critical', 'rung', 'p50 ms', 'p95 ms', 'longest ms'],
        [
          [
            'alarm',
            String(result.sent),
            String(result.rung),
            result.p50.toFixed(0),
            result.p95.toFixed(0),
            result.longest.toFixed(0),
          ],
        ],
      )
    : 'skipped: alarms (chromium is not installed)';

export const redrawTable = (results: readonly Redraw[] | undefined): string =>
  results
    ? table(
        'twelve leads while they scroll, Chromium without a graphics processor',
        ['frames/s', 'median ms', 'p95 ms', 'late', 'of'],
        results.map((one) => [
          one.screen,
          one.framesPerSecond.toFixed(1),
          one.medianFrameMs.toFixed(1),
          one.p95FrameMs.toFixed(1),
          String(one.late),
          String(one.frames),
        ]),
      )
    : 'skipped: redraw (chromium is not installed)';
