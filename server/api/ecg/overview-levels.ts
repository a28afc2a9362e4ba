import { OverviewFile } from '@lianzhen/contracts/ecg-window.ts';

export const overviewOf = ({ overview }: { overview: unknown }): OverviewFile | null =>
  overview === null ? null : OverviewFile.parse(overview);

/** Samples per pair of each level of a recording, ascending. */
export const levelsOf = (trace: { overview: unknown }, recording: number): number[] =>
  (overviewOf(trace)?.levels ?? [])
    .filter((level) => level.recording === recording)
    .map(({ samplesPerPair }) => samplesPerPair)
    .sort((a, b) => a - b);
