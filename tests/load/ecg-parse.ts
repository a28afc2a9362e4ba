import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readTrace } from '@lianzhen/ecg/formats/read-trace.ts';
import { recordedTrace } from '@lianzhen/ecg/formats/xml/test-kit/recorded-trace.ts';
import { writeAecg } from '@lianzhen/ecg/formats/xml/test-kit/write-aecg.ts';
import dcmjs from 'dcmjs';
import { corpusFiles } from '../corpus.ts';
import { median } from './tables.ts';

export interface Parsing {
  file: string;
  kilobytes: number;
  /** Medians, milliseconds for one file. */
  hubMs: number;
  /** Reads the dataset and the samples of a DICOM waveform; null for other formats. */
  dcmjsMs: number | null;
  /** biosig's converter as a process of its own, its start included; null where it is missing or refuses the file. */
  biosigMs: number | null;
  /** The start of that process alone, asked for its version. */
  biosigStartMs: number | null;
}

const hasBiosig = spawnSync('which', ['save2gdf']).status === 0;

/** Reads every corpus file in turn with each program (A B A B). */
export async function measureParsing(rounds: number): Promise<Parsing[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ecg-parse-'));
  try {
    const files = ['.dcm', '.scp', '.xml'].flatMap((ending) => corpusFiles('ecg', ending));
    if (files.length === 0) files.push(synthetic(folder));
    return files.map((file) => measureFile(file, join(folder, 'out.gdf'), rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureFile(file: string, out: string, rounds: number): Parsing {
  const bytes = readFileSync(file);
  const isDicom = file.endsWith('.dcm');
  const taken = { hub: [] as number[], dcmjs: [] as number[], biosig: [] as number[], start: [] as number[] };
  let isReadable = hasBiosig;
  // The first rounds warm the compiler up, for a server runs for months.
  const warm = 5;
  for (let round = 0; round < rounds + warm; round++) {
    const hub = timed(() => readTrace(bytes));
    const other = isDicom ? timed(() => withDcmjs(bytes)) : undefined;
    if (round < warm) continue;
    taken.hub.push(hub);
    if (other !== undefined) taken.dcmjs.push(other);
    if (!isReadable) continue;
    taken.biosig.push(timed(() => (isReadable = spawnSync('save2gdf', ['-f=GDF', file, out]).status === 0)));
    taken.start.push(timed(() => spawnSync('save2gdf', ['--version'])));
  }
  const orNull = (numbers: number[]) => (numbers.length > 0 ? median(numbers) : null);
  return {
    file: basename(file),
    kilobytes: bytes.length / 1024,
    hubMs: median(taken.hub),
    dcmjsMs: orNull(taken.dcmjs),
    biosigMs: isReadable ? orNull(taken.biosig) : null,
    biosigStartMs: isReadable ? orNull(taken.start) : null,
  };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

interface Multiplex {
  WaveformData: ArrayBuffer | ArrayBuffer[];
  NumberOfWaveformChannels: number;
}

/** The same work with dcmjs: dataset, names of its elements, and the samples of each channel apart. */
function withDcmjs(bytes: Buffer): Int16Array[] {
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { dict } = DicomMessage.readFile(whole as ArrayBuffer);
  const { WaveformSequence } = DicomMetaDictionary.naturalizeDataset(dict) as { WaveformSequence: Multiplex[] };
  return WaveformSequence.flatMap(({ WaveformData, NumberOfWaveformChannels: channels }) => {
    const data = new Int16Array([WaveformData].flat()[0] as ArrayBuffer);
    return Array.from({ length: channels }, (_, channel) =>
      Int16Array.from({ length: data.length / channels }, (_, at) => data[at * channels + channel] ?? 0),
    );
  });
}

function synthetic(folder: string): string {
  const file = join(folder, 'synthetic.xml');
  writeFileSync(file, writeAecg(recordedTrace()));
  return file;
}
