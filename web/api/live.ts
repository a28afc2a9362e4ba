import { ChangeEvent, changeEventName, MissedAnswer, missedQuestionName } from '@lianzhen/contracts/events.ts';
import type { QueryClient } from '@tanstack/react-query';
import { io, type Socket } from 'socket.io-client';
import type { Word } from './client.ts';
import { setLinkState } from './link-state.ts';
import { wordsTouchedByTopic } from './stale-words.ts';
import { followStreams, type Streams } from './streams.ts';

/** Events come in bursts (a study of 300 images settles); one look after the burst is enough. */
const gatherMs = 200;

/** What was only overtaken on its way is here by then; what was lost is asked for. */
const gapMs = 300;
/** Without anything new nobody would notice that the last event was lost. */
const checkMs = 60_000;
const answerMs = 10_000;
/** How soon a page that was refused tries again; the log-in dialog may stand over it. */
const refusedMs = 3000;
/** The first reads left before the socket was there; a slow link carried them and the question for this long at most. */
const linkMs = 30_000;

/**
 * Makes the reads of a word stale, all of them without one. The cache reads shown data again at once; a first read
 * that is still under way it lets finish, although the answer may be older than the event: that one is read once more.
 */
function lookAgain(cache: QueryClient, filter?: { queryKey: [Word] }): void {
  const first = cache
    .getQueryCache()
    .findAll({ ...filter, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
  void cache.invalidateQueries(filter);
  for (const { promise, queryKey } of first) {
    const once = () => void cache.invalidateQueries({ queryKey, exact: true });
    promise?.then(once, once);
  }
}

/** Gathers what became stale and tells the cache once per burst. `undefined` means everything. */
export function gatherStale(cache: QueryClient, wait: (tell: () => void) => void) {
  let words: Set<Word> | 'all' | undefined;
  const tell = () => {
    const now = words;
    words = undefined;
    if (now === 'all') lookAgain(cache);
    else for (const word of now ?? []) lookAgain(cache, { queryKey: [word] });
  };
  return (stale: readonly Word[] | undefined) => {
    if (!words) wait(tell);
    if (!stale || words === 'all') words = 'all';
    else words = new Set([...(words ?? []), ...stale]);
  };
}

/** The text of one report, in this person's other windows; the window that saved it has it already. */
export function lookAtDraft(
  cache: Pick<QueryClient, 'invalidateQueries'>,
  draft: { id: string; revision: number },
): void {
  void cache.invalidateQueries({
    queryKey: ['reporting', 'ofCase'],
    predicate: ({ state }) => {
      const shown = state.data as { id?: unknown; revision?: unknown } | undefined;
      return shown?.id === draft.id && Number(shown.revision) < draft.revision;
    },
  });
}

/** Asks what was missed: now, soon after a gap, and now and then. @returns how to ask, and how to stop */
function keepAsking(socket: Socket, streams: Streams, look: (event: ChangeEvent | undefined) => void) {
  const began = performance.now();
  let soon: number | undefined;
  let isAsking = false;
  let isAskedAgain = false;
  const ask = async () => {
    const question = streams.question(performance.now() - began + linkMs);
    const raw: unknown = await socket
      .timeout(answerMs)
      .emitWithAck(missedQuestionName, question)
      .catch(() => undefined);
    const answer = MissedAnswer.safeParse(raw);
    // No answer: the next look comes by itself, and a lost link asks when it is back.
    if (!answer.success) return;
    const missed = streams.settle(answer.data);
    if (missed === 'all') look(undefined);
    else missed.forEach(look);
  };
  /** One question at a time: the hub answers no second one meanwhile. */
  const askNow = async () => {
    window.clearTimeout(soon);
    soon = undefined;
    isAskedAgain = isAsking;
    if (isAsking || !socket.connected) return;
    isAsking = true;
    await ask();
    isAsking = false;
    if (isAskedAgain) void askNow();
  };
  const clock = window.setInterval(askNow, checkMs);
  return {
    now: () => void askNow(),
    soon: () => {
      soon ??= window.setTimeout(askNow, gapMs);
    },
    stop: () => {
      window.clearTimeout(soon);
      window.clearInterval(clock);
    },
  };
}

/**
 * Keeps the cache as fresh as the link allows: an event makes the reads of its topic stale; after a reconnect or a gap
 * in the numbers the page asks for what it missed; an event nobody understands makes everything stale. @returns how to stop.
 */
export function startLive(cache: QueryClient): () => void {
  const socket = io({ path: '/socket.io', transports: ['websocket', 'polling'], reconnectionDelayMax: 10_000 });
  const streams = followStreams();
  const stale = gatherStale(cache, (tell) => window.setTimeout(tell, gatherMs));
  const look = (event: ChangeEvent | undefined) => {
    if (event?.topic === 'draft') lookAtDraft(cache, event);
    else stale(event && wordsTouchedByTopic(event.topic));
  };
  const asking = keepAsking(socket, streams, look);
  let again: number | undefined;

  socket.on('connect', () => {
    setLinkState('online');
    // Events are asked for; a read that failed while the link was gone belongs to no event.
    void cache.invalidateQueries({ predicate: ({ state }) => state.status === 'error' || state.fetchFailureCount > 0 });
    asking.now();
  });
  socket.on('disconnect', (reason) => {
    setLinkState('offline');
    // The server closes sockets when it restarts or ends a session; the library does not come back from that by itself.
    if (reason === 'io server disconnect') again = window.setTimeout(() => socket.connect(), 1000);
  });
  socket.on('connect_error', () => {
    setLinkState('offline');
    // Refused, for want of a session: the library leaves it at that. Whoever logs in again on this page is live again.
    if (!socket.active) again = window.setTimeout(() => socket.connect(), refusedMs);
  });
  socket.on(changeEventName, (raw: unknown) => {
    const event = ChangeEvent.safeParse(raw);
    if (!event.success) return look(undefined);
    const heard = streams.hear(event.data);
    if (heard !== 'repeat') look(event.data);
    if (heard === 'gap') asking.soon();
  });

  const lost = () => setLinkState('offline');
  const back = () => {
    // A socket that outlived the gap is given up: nobody knows whether its other end still listens, and no event would say
    // so. One that waits before its next try would go on waiting.
    socket.disconnect();
    setLinkState('connecting');
    socket.connect();
  };
  window.addEventListener('offline', lost);
  window.addEventListener('online', back);
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', back);
    window.clearTimeout(again);
    asking.stop();
    socket.close();
    setLinkState('connecting');
  };
}
