import { ChangeEvent, changeEventName } from '@lianzhen/contracts/events.ts';
import type { QueryClient } from '@tanstack/react-query';
import { io } from 'socket.io-client';
import type { Word } from './client.ts';
import { setLinkState } from './link-state.ts';
import { followSequence } from './sequence.ts';
import { wordsTouchedByTopic } from './stale-words.ts';

/** Events come in bursts (a study of 300 images settles); one look after the burst is enough. */
const gatherMs = 200;

/**
 * The hub's numbers count every fact, and a page hears only those of its own facilities, so gaps are the rule. After
 * one, everything is looked at again, but not more often than this.
 */
const wideLookMs = 30_000;

/** Gathers what became stale and tells the cache once per burst. `undefined` means everything. */
export function gatherStale(cache: Pick<QueryClient, 'invalidateQueries'>, wait: (tell: () => void) => void) {
  let words: Set<Word> | 'all' | undefined;
  const tell = () => {
    const now = words;
    words = undefined;
    if (now === 'all') void cache.invalidateQueries();
    else for (const word of now ?? []) void cache.invalidateQueries({ queryKey: [word] });
  };
  return (stale: readonly Word[] | undefined) => {
    if (!words) wait(tell);
    if (!stale || words === 'all') words = 'all';
    else words = new Set([...(words ?? []), ...stale]);
  };
}

/** Acts at once and, asked again within the span, once more at its end. */
export function atMostEvery(ms: number, act: () => void): () => void {
  let isResting = false;
  let isAsked = false;
  const run = () => {
    act();
    isResting = true;
    setTimeout(() => {
      isResting = false;
      if (!isAsked) return;
      isAsked = false;
      run();
    }, ms);
  };
  return () => {
    if (isResting) isAsked = true;
    else run();
  };
}

/**
 * Keeps the cache as fresh as the link allows: an event makes the reads of its topic stale; a reconnect, a gap in the
 * numbers or an event nobody understands makes all of them stale. @returns how to stop.
 */
export function startLive(cache: QueryClient): () => void {
  const socket = io({ path: '/socket.io', transports: ['websocket', 'polling'], reconnectionDelayMax: 10_000 });
  const sequence = followSequence();
  const stale = gatherStale(cache, (tell) => window.setTimeout(tell, gatherMs));
  let wasConnected = false;

  socket.on('connect', () => {
    setLinkState('online');
    sequence.forget();
    if (wasConnected) stale(undefined);
    wasConnected = true;
  });
  socket.on('disconnect', (reason) => {
    setLinkState('offline');
    // The server closes sockets when it restarts or ends a session; the library does not come back from that by itself.
    if (reason === 'io server disconnect') window.setTimeout(() => socket.connect(), 1000);
  });
  socket.on('connect_error', () => setLinkState('offline'));
  const lookWide = atMostEvery(wideLookMs, () => stale(undefined));
  socket.on(changeEventName, (raw: unknown) => {
    const event = ChangeEvent.safeParse(raw);
    if (!event.success) return stale(undefined);
    stale(wordsTouchedByTopic(event.data.topic));
    if (sequence.hear(event.data.seq) === 'gap') lookWide();
  });

  const lost = () => setLinkState('offline');
  const back = () => {
    setLinkState('connecting');
    socket.connect();
  };
  window.addEventListener('offline', lost);
  window.addEventListener('online', back);
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', back);
    socket.close();
    setLinkState('connecting');
  };
}
