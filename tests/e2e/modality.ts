import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { corpusFiles } from '../corpus.ts';
import { syntheticStudy } from '../factories/dicom.ts';

export interface Ordered {
  accessionNumber: string;
  patientName: { Alphabetic: string; Ideographic: string };
  patientId: string;
  birthDate: string;
  sex: 'M' | 'F';
}

/**
 * Sends the files with DCMTK's storescu as a machine of the township would.
 * @param proposing storescu's option for the files' compression: `-xw` for JPEG 2000, none for uncompressed ones
 */
export function storescu(port: number, callingAeTitle: string, files: readonly Buffer[], proposing?: '-xw'): void {
  const folder = mkdtempSync(join(tmpdir(), 'lianzhen-modality-'));
  try {
    files.forEach((bytes, at) => {
      writeFileSync(join(folder, `${String(at).padStart(4, '0')}.dcm`), bytes);
    });
    const { status, stderr } = spawnSync(
      'storescu',
      [
        ...(proposing ? [proposing] : []),
        '-aet',
        callingAeTitle,
        '-aec',
        'LIANZHEN',
        '+sd',
        '+r',
        '127.0.0.1',
        String(port),
        folder,
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, TCP_NODELAY: '1' },
      },
    );
    if (status !== 0) throw new Error(`storescu ended with ${status}: ${stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The corpus' knee where it is there, under the ordered patient's name, else a series of the project's own. */
export async function kneeSeries(ordered: Ordered): Promise<{ files: Buffer[]; proposing?: '-xw' }> {
  const knee = corpusFiles('dicom/knee-mr');
  if (knee.length > 0) {
    return { files: await Promise.all(knee.map((path) => asOrdered(readFileSync(path), ordered))), proposing: '-xw' };
  }
  const { accessionNumber, patientName, patientId, birthDate, sex } = ordered;
  const patient = { name: patientName, id: patientId, birthDate, sex };
  const series = syntheticStudy({ modality: 'MR', instances: 24, rows: 256, columns: 256, patient, accessionNumber });
  return { files: series.map((one) => one.bytes) };
}

/** What a machine that took the order from the worklist writes into its images. */
async function asOrdered(bytes: Buffer, ordered: Ordered): Promise<Buffer> {
  const { attributes, frames, transferSyntaxUid } = await describeInstance(bufferSource(bytes));
  const [range] = frames[0] ?? [];
  if (!range) throw new Error('the corpus instance has no frame');
  const [offset, length] = range;
  return writePart10(
    {
      ...attributes,
      '00080050': { vr: 'SH', Value: [ordered.accessionNumber] },
      '00100010': { vr: 'PN', Value: [ordered.patientName] },
      '00100020': { vr: 'LO', Value: [ordered.patientId] },
      '00100030': { vr: 'DA', Value: [ordered.birthDate] },
      '00100040': { vr: 'CS', Value: [ordered.sex] },
    },
    transferSyntaxUid,
    [bytes.subarray(offset, offset + length)],
  );
}
