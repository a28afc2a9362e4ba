import { owedStates } from '@lianzhen/contracts/lease-rules.ts';
import type { CaseRow } from '@lianzhen/contracts/worklist.ts';
import type { Tone } from '../../ui/tone-tag.tsx';

type Clocked = Pick<CaseRow, 'state' | 'dueAt' | 'readyAt' | 'submittedAt'>;

export interface Due {
  at: string;
  /** Left until the deadline; below zero once it has passed. */
  leftMs: number;
  tone: Tone;
}

/** Less than this, or a quarter of the whole span, is too little to leave it for later. */
const soonMs = 10 * 60_000;

/** The deadline of a case that still owes a report; undefined where no clock runs. */
export function dueOf(row: Clocked, now: Date): Due | undefined {
  if (!row.dueAt || !(owedStates as readonly string[]).includes(row.state)) return undefined;
  const leftMs = Date.parse(row.dueAt) - now.getTime();
  const wholeMs = row.readyAt ? Date.parse(row.dueAt) - Date.parse(row.readyAt) : 0;
  const isSoon = leftMs < Math.max(soonMs, wholeMs / 4);
  return { at: row.dueAt, leftMs, tone: leftMs < 0 ? 'bad' : isSoon ? 'warn' : 'quiet' };
}

/** How long the case has been waiting: since its images were complete, else since it was asked for. */
export const waitingMs = (row: Clocked, now: Date): number =>
  Math.max(0, now.getTime() - Date.parse(row.readyAt ?? row.submittedAt));
