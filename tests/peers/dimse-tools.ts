import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileMeta } from '@lianzhen/dicom/file-meta.ts';
import { onTestFinished } from 'vitest';
import { syntheticStudy } from '../factories/dicom.ts';

export const ctStorage = '1.2.840.10008.5.1.4.1.1.2';
export const explicitLittle = '1.2.840.10008.1.2.1';
export const implicitLittle = '1.2.840.10008.1.2';

/** Without it DCMTK waits for delayed acknowledgements and every exchange takes 40 ms. */
export const toolEnvironment = { ...process.env, TCP_NODELAY: '1' };

/** Which of `tools` cannot be run here; their suite is then skipped by name. */
export function missingTools(...tools: string[]): string[] {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error);
  if (missing.length > 0) console.log(`skipped: ${missing.join(', ')} not installed`);
  return missing;
}

export interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a tool to its end and resolves with what it printed, whichever its exit code. */
export function run(tool: string, args: string[], cwd?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd, env: toolEnvironment });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dimse-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Slice {
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** What follows the file meta information: what C-STORE carries. */
  dataset: Buffer;
  file: Buffer;
}

/** CT slices of one series; `rows` x `rows` pixels of two bytes. */
export function slices(count: number, rows = 64, transferSyntaxUid = explicitLittle): Slice[] {
  const study = syntheticStudy({ modality: 'CT', instances: count, rows, columns: rows, transferSyntaxUid });
  return study.map(({ sopInstanceUid, bytes: file }) => {
    const meta = fileMeta({ sopClassUid: ctStorage, sopInstanceUid, transferSyntaxUid });
    return { sopInstanceUid, transferSyntaxUid, file, dataset: file.subarray(meta.length) };
  });
}

/** Writes `given` as 0001.dcm, 0002.dcm ... into `folder`. */
export function writeSlices(folder: string, given: Slice[]): string {
  mkdirSync(folder, { recursive: true });
  for (const [index, { file }] of given.entries()) {
    writeFileSync(join(folder, `${String(index + 1).padStart(4, '0')}.dcm`), file);
  }
  return folder;
}
