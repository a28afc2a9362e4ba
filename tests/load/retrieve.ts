import { Agent, get } from 'node:http';
import type { StudyFolder } from './slices.ts';
import type { System } from './systems.ts';
import { cpuSecondsOf } from './usage.ts';

export interface Retrieval {
  /** Answers a second. */
  perSecond: number;
  /** CPU seconds of all server processes per 1,000 answers. */
  cpuPerThousand: number;
  megabytesPerSecond: number;
}

interface Question {
  title: string;
  accept: string;
  /** How many are asked, and how many of them at a time. */
  times: number;
  atOnce: number;
  path: (study: StudyFolder, index: number) => string;
  /** What the answer to the first of them must hold, so that an empty one is not a fast one. */
  isRight: (body: Buffer, study: StudyFolder) => boolean;
}

const json = 'application/dicom+json';
const frames = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const whole = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const countIn = (body: Buffer): number => (JSON.parse(body.toString()) as unknown[]).length;
const seriesOf = ({ seriesInstanceUids }: StudyFolder, index: number) =>
  Math.floor(index / 100) % seriesInstanceUids.length;

const framePath = (study: StudyFolder, index: number): string => {
  const at = (index * 37) % study.sopInstanceUids.length;
  const series = study.seriesInstanceUids[seriesOf(study, at)];
  return `/studies/${study.studyInstanceUid}/series/${series}/instances/${study.sopInstanceUids[at]}/frames/1`;
};
const isFrame = (body: Buffer): boolean => body.length > 512 * 512 * 2;

export const questions: readonly Question[] = [
  {
    title: 'QIDO-RS, a study',
    ...{ accept: json, times: 200, atOnce: 1 },
    path: ({ studyInstanceUid }) => `/studies?StudyInstanceUID=${studyInstanceUid}`,
    isRight: (body) => countIn(body) === 1,
  },
  {
    title: 'QIDO-RS, 100 instances',
    ...{ accept: json, times: 40, atOnce: 1 },
    path: ({ studyInstanceUid, seriesInstanceUids }) =>
      `/studies/${studyInstanceUid}/series/${seriesInstanceUids[0]}/instances?limit=100`,
    isRight: (body, { sopInstanceUids }) => countIn(body) === Math.min(100, sopInstanceUids.length),
  },
  {
    title: 'WADO-RS, frames, 1 at a time',
    ...{ accept: frames, times: 200, atOnce: 1 },
    path: framePath,
    isRight: isFrame,
  },
  {
    title: 'WADO-RS, frames, 4 at a time',
    ...{ accept: frames, times: 400, atOnce: 4 },
    path: framePath,
    isRight: isFrame,
  },
  {
    title: 'WADO-RS, metadata of a study',
    ...{ accept: json, times: 3, atOnce: 1 },
    path: ({ studyInstanceUid }) => `/studies/${studyInstanceUid}/metadata`,
    isRight: (body, { sopInstanceUids }) => countIn(body) === sopInstanceUids.length,
  },
  {
    title: 'WADO-RS, a whole study',
    ...{ accept: whole, times: 2, atOnce: 1 },
    path: ({ studyInstanceUid }) => `/studies/${studyInstanceUid}`,
    isRight: (body, { bytes }) => body.length > bytes,
  },
];

export async function measureRetrieval(system: System, study: StudyFolder, question: Question): Promise<Retrieval> {
  const { times, atOnce, accept, path, isRight } = question;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const ask = (index: number, keep: boolean) =>
    fetchBody(`${system.webUrl}${path(study, index)}`, { ...system.readAs, accept }, agent, keep);
  try {
    const { body } = await ask(0, true);
    if (!isRight(body, study))
      throw new Error(`${system.name}, ${question.title}: a wrong answer of ${body.length} bytes`);
    const cpu = cpuSecondsOf(system.pids());
    const start = performance.now();
    let bytes = 0;
    let next = 0;
    const askOn = async () => {
      while (next < times) {
        const { length } = await ask(next++, false);
        bytes += length;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, askOn));
    const seconds = (performance.now() - start) / 1000;
    return {
      perSecond: times / seconds,
      cpuPerThousand: ((cpuSecondsOf(system.pids()) - cpu) / times) * 1000,
      megabytesPerSecond: bytes / 1e6 / seconds,
    };
  } finally {
    agent.destroy();
  }
}

function fetchBody(url: string, headers: Record<string, string>, agent: Agent, keep: boolean) {
  return new Promise<{ body: Buffer; length: number }>((resolve, reject) => {
    get(url, { headers, agent }, (answer) => {
      const pieces: Buffer[] = [];
      let length = 0;
      answer.on('data', (piece: Buffer) => {
        length += piece.length;
        if (keep) pieces.push(piece);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve({ body: Buffer.concat(pieces), length });
        else
          reject(new Error(`HTTP ${answer.statusCode} from ${url}: ${Buffer.concat(pieces).toString().slice(0, 300)}`));
      });
    }).on('error', reject);
  });
}
