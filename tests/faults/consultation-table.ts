import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Continuity } from './consultation-audio.ts';

/** What a page heard through each fault, as one table for people to look at. */
export class FaultTable {
  readonly #rows: string[] = [];

  add(fault: string, way: string, heard: Continuity): void {
    const times = [heard.longestGapMs, heard.backAfterMs, heard.inAfterMs].map((ms) => `${(ms / 1000).toFixed(1)} s`);
    const parts = [`${heard.heardPercent.toFixed(0)} %`, `${heard.madeUpPercent.toFixed(1)} %`];
    this.#rows.push(row(fault, [way, ...times, ...parts]));
  }

  /** Kept as an artefact. @returns the same text */
  keep(): string {
    const head = row('fault: who hears', ['way then', 'longest gap', 'heard after', 'room after', 'heard', 'made up']);
    const text = [head, ...this.#rows].join('\n');
    const folder = join(import.meta.dirname, '../artefacts/faults');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'consultation-links.txt'), `${text}\n`);
    return text;
  }
}

/** Chinese characters are twice as wide as others. */
const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0);
const row = (name: string, cells: readonly string[]): string =>
  `${name}${' '.repeat(Math.max(1, 42 - widthOf(name)))}${cells.map((cell) => cell.padStart(12)).join('')}`;
