import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { closeSheet, openSheet } from '../../../workers/reporting/forms/pdf-sheet.ts';
import { writeTracePage } from '../../../workers/reporting/forms/pdf-trace.ts';
import { artefacts } from './pixelmed.ts';

const painter = 'pdftoppm';
const hasPainter = spawnSync(painter, ['-v']).error === undefined;
if (!hasPainter) console.log(`skipped: no ${painter} (poppler-utils), our sheets are kept as PDF alone`);

/** Keeps a sheet beside PixelMed's picture, to be looked at: the page of our PDF behind its empty first one. */
export async function keepOurs(name: string, sheet: Sheet): Promise<void> {
  const pdf = openSheet({ Title: name, Author: 'Lianzhen', CreationDate: new Date('2026-03-02T00:00:00Z') });
  writeTracePage(pdf, sheet);
  mkdirSync(artefacts, { recursive: true });
  const file = join(artefacts, `${name}-ours.pdf`);
  writeFileSync(file, await closeSheet(pdf));
  if (!hasPainter) return;
  const page = ['-f', '2', '-l', '2', '-r', '200', '-png', '-singlefile'];
  spawnSync(painter, [...page, file, join(artefacts, `${name}-ours`)]);
}
