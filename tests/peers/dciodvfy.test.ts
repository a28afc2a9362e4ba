import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explicitLittleEndian, implicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { rleLossless, type SyntheticStudy, syntheticStudy } from '../factories/dicom.ts';

const isInstalled = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!isInstalled) console.log('skipped: dciodvfy is not installed (dicom3tools)');

const folder = mkdtempSync(join(tmpdir(), 'lianzhen-dciodvfy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function errorsIn(bytes: Buffer): string[] {
  const file = join(folder, 'instance.dcm');
  writeFileSync(file, bytes);
  const { stderr, stdout } = spawnSync('dciodvfy', [file], { encoding: 'utf8' });
  return `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
}

const modalities = ['CT', 'MR', 'DX', 'US'] as const;
const transferSyntaxes = [implicitLittleEndian, explicitLittleEndian, rleLossless];
// GBK is not among them: this checker is older than its defined term.
const charsets: Array<NonNullable<SyntheticStudy['charset']>> = [
  'ISO_IR 192',
  'GB18030',
  ['', 'ISO 2022 IR 58'],
  'ISO_IR 100',
];

describe.skipIf(!isInstalled)('objects of the factory are valid', () => {
  test.each(modalities.flatMap((modality) => transferSyntaxes.map((uid) => [modality, uid] as const)))(
    '%s in %s',
    (modality, transferSyntaxUid) => {
      const [first] = syntheticStudy({ modality, transferSyntaxUid });
      expect(first && errorsIn(first.bytes)).toEqual([]);
    },
  );

  test.each(charsets.map((charset) => [[charset].flat().join('\\'), charset] as const))('text in %s', (_, charset) => {
    const [first] = syntheticStudy({ modality: 'CT', charset });
    expect(first && errorsIn(first.bytes)).toEqual([]);
  });

  test('the checker finds what is wrong', () => {
    const [first] = syntheticStudy({ modality: 'CT', attributes: { '00280010': { vr: 'US' } } });
    expect(first && errorsIn(first.bytes)).not.toEqual([]);
  });
});
