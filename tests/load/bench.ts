import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingOrthanc, missingOrthancPostgres } from '../factories/orthanc-server.ts';
import { countOf, type Ingest, measureIngest, removeStudies, writeStudies } from './ingest.ts';
import { measureRetrieval, questions, type Retrieval } from './retrieve.ts';
import type { StudyFolder } from './slices.ts';
import { type DoorName, doorNames, type System, type SystemName, start, systemNames } from './systems.ts';
import { ingestTable, retrievalTable } from './tables.ts';

/**
 * The hub against Orthanc on the same machine with the same files: they take turns (A B A B), and medians are compared,
 * for the machine is never quite idle.
 * `node tests/load/bench.ts [--instances 2000] [--rounds 3] [--senders 1,4] [--doors c-store,stow-rs]
 * [--systems hub,orthanc,orthanc-pg] [--ingest-only] [--profile folder]`
 */
const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: process.env.HUB_BENCH_INSTANCES || '400' },
    rounds: { type: 'string', default: process.env.HUB_BENCH_ROUNDS || '3' },
    senders: { type: 'string', default: '1,4' },
    doors: { type: 'string', default: doorNames.join(',') },
    systems: { type: 'string', default: systemNames.join(',') },
    profile: { type: 'string' },
    'ingest-only': { type: 'boolean', default: false },
  },
});
const instances = Number(values.instances);
const rounds = Number(values.rounds);
const list = <T extends string>(text: string, known: readonly T[]): T[] => {
  const wanted = text.split(',');
  return known.filter((one) => wanted.includes(one));
};
/** Sent before anything is measured, so that nobody pays for being compiled: a server runs for months. */
const warmUp = Math.max(200, instances);
/** Sent before each turn: while the others were measured, the machine may have taken a server's pages away. */
const waking = 100;

const missing: Partial<Record<SystemName, string | undefined>> = {
  orthanc: missingOrthanc,
  'orthanc-pg': missingOrthanc ?? missingOrthancPostgres,
};
const root = mkdtempSync(join(tmpdir(), 'hub-bench-'));
const lines: string[] = [];
const say = (line: string) => {
  console.log(line);
  lines.push(line);
};

try {
  await main();
} finally {
  rmSync(root, { recursive: true, force: true });
}
const artefacts = join(import.meta.dirname, '../artefacts/bench');
mkdirSync(artefacts, { recursive: true });
writeFileSync(join(artefacts, 'bench.txt'), `${lines.join('\n')}\n`);

async function main(): Promise<void> {
  const names = list(values.systems, systemNames).filter((name) => !missing[name]);
  for (const [name, why] of Object.entries(missing)) if (why) say(`skipped: ${name} (${why})`);
  say(`${instances} CT slices of 512 KB, ${rounds} rounds, medians; Orthanc syncs its storage, as by default`);
  for (const door of list(values.doors, doorNames)) {
    for (const senders of values.senders.split(',').map(Number)) {
      const profile = values.profile && join(values.profile, `${door}-${senders}`);
      const systems = await Promise.all(names.map((name) => start(name, profile)));
      try {
        await compare(systems, door, senders);
      } finally {
        await Promise.all(systems.map((system) => system.stop()));
      }
    }
  }
}

async function compare(systems: System[], door: DoorName, senders: number): Promise<void> {
  const warming = writeStudies(root, warmUp, senders, `warm-up ${door} ${senders}`);
  for (const system of systems) await measureIngest(system, door, warming, 0);
  removeStudies(warming);
  let before = countOf(warming);
  const results = new Map<SystemName, Ingest[]>(systems.map(({ name }) => [name, []]));
  let studies: StudyFolder[] = [];
  for (let round = 1; round <= rounds; round++) {
    removeStudies(studies);
    studies = writeStudies(root, instances, senders, `${door} ${senders} ${round}`);
    const first = writeStudies(join(root, 'waking'), waking, senders, `waking ${door} ${senders} ${round}`);
    for (const system of systems) {
      await measureIngest(system, door, first, before);
      results.get(system.name)?.push(await measureIngest(system, door, studies, before + countOf(first)));
    }
    before += countOf(first) + countOf(studies);
  }
  say(ingestTable(`${door}, ${senders} sender${senders > 1 ? 's' : ''}`, results, senders));
  const [study] = studies;
  if (study && !values['ingest-only'] && door === 'c-store' && senders === 1) await compareReading(systems, study);
  removeStudies(studies);
}

async function compareReading(systems: System[], study: StudyFolder): Promise<void> {
  for (const question of questions) {
    const results = new Map<SystemName, Retrieval[]>(systems.map(({ name }) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const system of systems) results.get(system.name)?.push(await measureRetrieval(system, study, question));
    }
    say(retrievalTable(question.title, results));
  }
}
