import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mediaWorkerBin } from '../factories/probe-node.ts';
import { measureCapacity } from './rooms-capacity.ts';
import { endFarm } from './rooms-farm.ts';
import { measureForwarding } from './rooms-forwarding.ts';
import { missingJanus } from './rooms-janus.ts';
import { capacityTable, forwardingTable } from './rooms-tables.ts';

/**
 * What rooms cost: how many streams one media worker sends on, what one costs beside Janus, and how long people wait at
 * the door as rooms grow. Receivers are ports that read nothing, but for one that reads everything and stands for them.
 * `node tests/load/rooms.ts [--parts capacity,forwarding] [--seconds 4] [--step 200] [--rounds 2]`
 */
const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'capacity,forwarding' },
    seconds: { type: 'string', default: '4' },
    step: { type: 'string', default: '200' },
    rounds: { type: 'string', default: process.env.HUB_BENCH_ROUNDS || '2' },
  },
});
const parts = values.parts.split(',');
const ms = Number(values.seconds) * 1000;
const lines: string[] = [];
const say = (line: string) => {
  console.log(line);
  lines.push(line);
};

try {
  const workerBin = mediaWorkerBin();
  if (parts.includes('capacity')) say(capacityTable(await measureCapacity(workerBin, ms, Number(values.step))));
  if (parts.includes('forwarding')) {
    const asked = { counts: [0, 50, 100, 200], ms, rounds: Number(values.rounds) };
    say(forwardingTable(await measureForwarding(workerBin, asked), missingJanus));
  }
} finally {
  endFarm();
}
const artefacts = join(import.meta.dirname, '../artefacts/bench');
mkdirSync(artefacts, { recursive: true });
writeFileSync(join(artefacts, 'rooms.txt'), `${lines.join('\n')}\n`);
process.exit(0);
