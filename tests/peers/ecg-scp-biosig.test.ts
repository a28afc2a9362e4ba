import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readScp } from '@lianzhen/ecg/formats/scp/read-scp.ts';
import { ecgLeads } from '@lianzhen/ecg/formats/scp/test-kit/heart.ts';
import { code, tablesSection } from '@lianzhen/ecg/formats/scp/test-kit/huffman-encode.ts';
import { type ScpToWrite, writeScp } from '@lianzhen/ecg/formats/scp/test-kit/write-scp.ts';
import { describe, expect, test } from 'vitest';
import { corpusFiles } from '../corpus.ts';
import { missingTools, run, temporaryFolder } from './dimse-tools.ts';

const tool = 'save2gdf';
const missing = missingTools(tool);

/** Microvolts of each lead, in the order of the record, as biosig reads them: it writes one text file for each. */
async function asBiosigReads(record: Buffer): Promise<number[][]> {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'record.scp'), record);
  const { code: status, output } = await run(tool, ['-f=ASCII', 'record.scp', 'lead.txt'], folder);
  expect(status, output).toBe(0);
  const files = readdirSync(folder).filter((name) => /^lead\.a\d\d$/.test(name));
  return files.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n').map(Number));
}

const asWeRead = (record: Buffer) =>
  readScp(record).recordings[0]?.leads.map(({ samples, gain }) => Array.from(samples, (sample) => sample * gain));

const ownTable = [
  code('00', 0),
  code('01', 1),
  code('10', -1),
  code('110', 0, { extra: 8 }),
  code('111', 0, { extra: 16 }),
];
// Biosig expects the two lengths of a code in this order. It neither follows a switch of tables nor adds reference beats.
const ownSection = new Map([[2, tablesSection([ownTable], true)]]);
const ways: ReadonlyArray<readonly [string, Partial<ScpToWrite>]> = [
  ...[0, 1, 2].map((order) => [`plain, differences of order ${order}`, { coding: 'plain', order }] as const),
  ...[0, 1, 2].map((order) => [`default table, differences of order ${order}`, { order }] as const),
  ['a table of its own', { coding: [ownTable], sections: ownSection }],
  ['another unit and rate', { multiplier: 4880, interval: 1000 }],
];

describe.skipIf(missing.length > 0)('biosig reads what we read', () => {
  test.each(corpusFiles('ecg', '.scp').map((path) => [basename(path), path] as const))('%s', async (_, path) => {
    const record = readFileSync(path);
    expectEqual(asWeRead(record), await asBiosigReads(record));
  });

  test.each(ways)('%s', async (_, options) => {
    const leads = ecgLeads({ count: 2500 });
    const record = writeScp({ leads, ...options });
    const ours = asWeRead(record);
    expectEqual(ours, await asBiosigReads(record));
    expect(ours).toHaveLength(leads.length);
  });
});

/** Biosig writes six digits: the numbers are the same if they differ by far less than one unit, which is 2.5 uV at least. */
function expectEqual(ours: number[][] | undefined, theirs: number[][]): void {
  expect(ours?.map((lead) => lead.length)).toEqual(theirs.map((lead) => lead.length));
  const differences = ours?.map((lead, index) =>
    lead.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (theirs[index]?.[at] ?? Number.NaN))), 0),
  );
  expect(differences?.every((worst) => worst < 0.1)).toBe(true);
}
