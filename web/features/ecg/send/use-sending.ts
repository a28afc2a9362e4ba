import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keepSending, type SendStep, type SentTo, sendTrace } from './send-trace.ts';

export interface Sending {
  file: File;
  to: SentTo;
  step: SendStep;
}

/** A pause that a link which is back cuts short. */
const pauseFor =
  (signal: AbortSignal) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = window.setTimeout(done, ms);
      function done() {
        window.clearTimeout(timer);
        window.removeEventListener('online', done);
        resolve();
      }
      window.addEventListener('online', done);
      signal.addEventListener('abort', done, { once: true });
    });

/** One file on its way. Another one gives it up; the page that goes away does not wait for it. */
export function useSending(onTaken: (id: string, to: SentTo) => void) {
  const cache = useQueryClient();
  const [sending, setSending] = useState<Sending>();
  const stop = useRef<AbortController>(undefined);
  const latest = useRef(onTaken);
  latest.current = onTaken;
  useEffect(() => () => stop.current?.abort(), []);
  const start = (file: File, to: SentTo) => {
    stop.current?.abort();
    const giveUp = new AbortController();
    stop.current = giveUp;
    const { signal } = giveUp;
    const tell = (step: SendStep) => {
      if (signal.aborted) return;
      setSending({ file, to, step });
      if (step.phase !== 'taken') return;
      void cache.invalidateQueries({ queryKey: ['ecg'] });
      void cache.invalidateQueries({ queryKey: ['orders'] });
      latest.current(step.trace.id, to);
    };
    void keepSending((progress) => sendTrace(file, to, progress, signal), tell, signal, pauseFor(signal));
  };
  return {
    sending,
    start,
    again: () => sending && start(sending.file, sending.to),
    clear: () => {
      stop.current?.abort();
      setSending(undefined);
    },
  };
}
