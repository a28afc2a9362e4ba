import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mediaWorkerBin } from '../factories/probe-node.ts';
import { measureCapacity } from './rooms-capacity.ts';
import { endFarm } from './rooms-farm.ts';
import { measureForwarding } from './rooms-forwarding.ts';
import { missingJanus } from './rooms-janus.ts';
import { measureJoins } from './rooms-join.ts';
import { startRoomHub } from './rooms-people.ts';
import { measureSignals } from './rooms-signals.ts';
import { capacityTable, forwardingTable, joinTable, signalTable } from './rooms-tables.ts';

/**
 * What rooms cost: how many streams one media worker sends on, what one costs beside Janus, how long people wait at the
 * door as rooms grow, and what their gateways answer. Receivers of streams are ports that read nothing, but for one that
 * reads everything and stands for them; people at the door are sockets and transports without a browser.
 * `node tests/load/rooms.ts [--parts capacity,forwarding,join,signals] [--seconds 4] [--step 200] [--rounds 2]
 * [--sizes 1,10,50,100,200] [--tries 20]`
 */
const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'capacity,forwarding,join,signals' },
    seconds: { type: 'string', default: '4' },
    step: { type: 'string', default: '200' },
    rounds: { type: 'string', default: process.env.HUB_BENCH_ROUNDS || '2' },
    sizes: { type: 'string', default: '1,10,50,100,200' },
    tries: { type: 'string', default: '20' },
  },
});
const parts = values.parts.split(',');
const ms = Number(values.seconds) * 1000;
const sizes = values.sizes.split(',').map(Number);
const tries = Number(values.tries);
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
  if (parts.includes('join') || parts.includes('signals')) {
    const given = await startRoomHub();
    try {
      if (parts.includes('join')) say(joinTable(await measureJoins(given, sizes, tries), tries));
      if (parts.includes('signals'))
        say(
          signalTable(
            await measureSignals(
              given,
              sizes.filter((size) => size > 1),
              ms,
            ),
          ),
        );
    } finally {
      await given.hub.stop();
    }
  }
} finally {
  endFarm();
}
const artefacts = join(import.meta.dirname, '../artefacts/bench');
mkdirSync(artefacts, { recursive: true });
writeFileSync(join(artefacts, 'rooms.txt'), `${lines.join('\n')}\n`);
process.exit(0);
