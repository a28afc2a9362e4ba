import { type ChangeEvent, type MissedAnswer, type MissedQuestion, mostStreams } from '@lianzhen/contracts/events.ts';

export type Heard = 'next' | 'repeat' | 'gap';

/** Follows the numbers of every stream that this page hears, so that it knows when it missed something. */
export interface Streams {
  /** `gap`: something before this one, or the stream's number itself, is not known. */
  hear(event: Pick<ChangeEvent, 'stream' | 'seq'>): Heard;
  /** @param sinceMs milliseconds since the page began to read; for streams that it knows nothing of yet */
  question(sinceMs: number): MissedQuestion;
  /** @returns what was missed; `all` where the answer does not say all of it, so that everything is to be read again */
  settle(answer: MissedAnswer): ChangeEvent[] | 'all';
}

/**
 * Numbers of a stream follow one another without a gap (server/contracts/events.ts). Of each stream the last number is kept up to which
 * nothing is missing; what comes beyond a gap does not move it, so that asking for what followed it fills the gap.
 */
export function followStreams(): Streams {
  let last: Map<string, number> | undefined;
  const advance = (stream: string, seq: number) => last?.set(stream, Math.max(seq, last.get(stream) ?? 0));
  return {
    hear({ stream, seq }) {
      const before = last?.get(stream);
      if (before === undefined) return 'gap';
      if (seq <= before) return 'repeat';
      if (seq > before + 1) return 'gap';
      advance(stream, seq);
      return 'next';
    },
    question(sinceMs) {
      const isTooMuch = last !== undefined && last.size > mostStreams;
      return { heard: isTooMuch ? {} : Object.fromEntries(last ?? []), sinceMs: Math.round(sinceMs) };
    },
    settle({ positions, events, isWhole }) {
      const before = last;
      const isOther = before !== undefined && !sameStreams(before, positions);
      const isMuch = before !== undefined && before.size > mostStreams;
      // Kept from before where the stream is still heard: an event may have overtaken the answer.
      const kept = isWhole ? before : undefined;
      last = new Map(
        Object.entries(positions).map(([stream, at]) => [stream, Math.max(at, kept?.get(stream) ?? 0)] as const),
      );
      for (const { stream, seq } of events) if (last.has(stream)) advance(stream, seq);
      return isWhole && !isOther && !isMuch ? events : 'all';
    },
  };
}

const sameStreams = (before: ReadonlyMap<string, number>, now: MissedAnswer['positions']): boolean =>
  before.size === Object.keys(now).length && [...before.keys()].every((stream) => Object.hasOwn(now, stream));
