import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { syntheticStudy } from '../factories/dicom.ts';

const perSeries = 100;

export interface StudyFolder {
  folder: string;
  studyInstanceUid: string;
  seriesInstanceUids: string[];
  sopInstanceUids: string[];
  bytes: number;
}

/** A CT study of 512 x 512 slices as files in a folder, in series of a hundred. Another seed is another study. */
export function writeStudy(folder: string, count: number, seed: string): StudyFolder {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const studyInstanceUid = uidFrom(`bench study ${seed}`);
  const study: StudyFolder = { folder, studyInstanceUid, seriesInstanceUids: [], sopInstanceUids: [], bytes: 0 };
  for (let made = 0; made < count; made += perSeries) {
    const seriesInstanceUid = uidFrom(`bench series ${seed} ${made}`);
    study.seriesInstanceUids.push(seriesInstanceUid);
    const instances = Math.min(perSeries, count - made);
    const size = { rows: 512, columns: 512 };
    for (const one of syntheticStudy({ modality: 'CT', instances, ...size, studyInstanceUid, seriesInstanceUid })) {
      writeFileSync(join(folder, `${study.sopInstanceUids.length}.dcm`), one.bytes);
      study.sopInstanceUids.push(one.sopInstanceUid);
      study.bytes += one.bytes.length;
    }
  }
  return study;
}
