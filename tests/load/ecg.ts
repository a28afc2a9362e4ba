import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAlarms } from './ecg-alarm.ts';
import { measureHolter } from './ecg-holter.ts';
import { measureParsing } from './ecg-parse.ts';
import { measureRedraw } from './ecg-redraw.ts';
import { alarmTable, holterTable, parseTable, redrawTable } from './ecg-tables.ts';

/**
 * What electrocardiograms cost: reading a file beside biosig and dcmjs, redrawing twelve leads while they scroll in
 * Chromium, opening a Holter recording as it grows, and the time from the last byte to the alarm at the reader.
 * `node tests/load/ecg.ts [--parts parse,redraw,holter,alarm] [--rounds 5] [--hours 1,24,168] [--traces 50] [--minutes 1]`
 */
const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'parse,redraw,holter,alarm' },
    rounds: { type: 'string', default: process.env.HUB_BENCH_ROUNDS || '5' },
    hours: { type: 'string', default: '1,24,168' },
    traces: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '1' },
  },
});
const parts = values.parts.split(',');
const rounds = Number(values.rounds);
const lines: string[] = [];
const say = (line: string) => {
  console.log(line);
  lines.push(line);
};

if (parts.includes('parse')) say(parseTable(await measureParsing(rounds)));
if (parts.includes('redraw')) say(redrawTable(await measureRedraw()));
if (parts.includes('holter')) say(holterTable(await measureHolter(values.hours.split(',').map(Number), rounds)));
if (parts.includes('alarm')) say(alarmTable(await measureAlarms(Number(values.traces), Number(values.minutes))));

const artefacts = join(import.meta.dirname, '../artefacts/bench');
mkdirSync(artefacts, { recursive: true });
writeFileSync(join(artefacts, 'ecg.txt'), `${lines.join('\n')}\n`);
