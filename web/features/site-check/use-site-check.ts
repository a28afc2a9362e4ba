import type { ProbeRoute } from '@lianzhen/contracts/site-check.ts';
import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';
import type { SiteItem } from '@lianzhen/contracts/site-check-rules.ts';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { measureDown, measureUp } from './measure/bandwidth.ts';
import { measureStorage } from './measure/browser.ts';
import { measureClock } from './measure/clock.ts';
import { measureCamera, measureMicrophone, playTone } from './measure/devices.ts';
import { runProbe } from './probe/run-probe.ts';
import { untried } from './untried.ts';

export interface SiteCheckRun {
  measured: Measured;
  /** What is being tried now. */
  step: SiteItem | undefined;
  isDone: boolean;
  /** The tone was played and the person has not said yet whether it was heard. */
  isAsking: boolean;
  levelDb: number | undefined;
  error: ApiError | undefined;
}

const fresh = (): SiteCheckRun => ({
  measured: untried(),
  step: undefined,
  isDone: false,
  isAsking: false,
  levelDb: undefined,
  error: undefined,
});

/** One check after the other: two at once would measure each other. */
export function useSiteCheck() {
  const [run, setRun] = useState<SiteCheckRun>(fresh);
  const screen = useRef<HTMLVideoElement>(null);
  const stopping = useRef<AbortController>(undefined);
  const answer = useRef<(isHeard: boolean) => void>(undefined);
  useEffect(() => () => stopping.current?.abort(new Error('the page was left')), []);

  const set = (change: Partial<SiteCheckRun>) => setRun((before) => ({ ...before, ...change }));
  const found = (part: Partial<Measured>) =>
    setRun((before) => ({ ...before, measured: { ...before.measured, ...part } }));

  const hear = async () => {
    await playTone();
    const asked = new Promise<boolean>((resolve) => {
      answer.current = resolve;
    });
    set({ isAsking: true });
    const isHeard = await asked;
    set({ isAsking: false });
    found({ loudspeaker: { state: isHeard ? 'heard' : 'not-heard' } });
  };

  const start = async () => {
    stopping.current?.abort(new Error('started again'));
    const control = new AbortController();
    stopping.current = control;
    const { signal } = control;
    setRun(fresh());
    const probe = (route: ProbeRoute) => runProbe(route, (input) => api.siteCheck.probe(input), signal);
    const steps: [SiteItem, () => Promise<void>][] = [
      ['camera', async () => screen.current && found({ camera: await measureCamera(screen.current) })],
      ['microphone', async () => found({ microphone: await measureMicrophone((levelDb) => set({ levelDb }), signal) })],
      ['loudspeaker', hear],
      ['clock', async () => found({ clock: await measureClock(async () => (await api.siteCheck.now()).now) })],
      ['storage', async () => found({ storage: await measureStorage() })],
      ['udp', async () => found({ udp: await probe('udp') })],
      ['tcp', async () => found({ tcp: await probe('tcp') })],
      ['turn', async () => found({ turn: await probe('turn') })],
      ['down', async () => found({ bandwidth: { downKbps: await measureDown(signal), upKbps: null } })],
      [
        'up',
        async () => {
          const upKbps = await measureUp(signal);
          setRun((before) => ({
            ...before,
            measured: { ...before.measured, bandwidth: { ...before.measured.bandwidth, upKbps } },
          }));
        },
      ],
    ] as [SiteItem, () => Promise<void>][];
    for (const [step, measure] of steps) {
      set({ step, levelDb: undefined });
      try {
        await measure();
      } catch (cause) {
        if (signal.aborted) return;
        // One part that the hub refuses leaves the others their answer.
        set({ error: asApiError(cause) });
      }
      if (signal.aborted) return;
    }
    set({ step: undefined, isDone: true });
  };

  const say = (isHeard: boolean) => answer.current?.(isHeard);
  return { run, screen, start, say };
}
