import type { Measured, RouteMeasure } from '@lianzhen/contracts/site-check-measures.ts';
import { bestRoute, type SiteItem } from '@lianzhen/contracts/site-check-rules.ts';

/** The number or name beside an item, without words of any language; empty where nothing was measured. */
export function findingValue(item: SiteItem, measured: Measured): string {
  const { browser, camera, microphone, bandwidth, clock, storage } = measured;
  const best = bestRoute(measured);
  const values: Record<SiteItem, string> = {
    browser: `${browser.name} ${browser.version} · ${browser.platform} · ${browser.screen}`,
    codecs: [...browser.audioCodecs, ...browser.videoCodecs].map((name) => name.replace(/^\w+\//, '')).join(' '),
    camera: [camera.label, camera.width > 0 ? `${camera.width}×${camera.height}` : ''].filter(Boolean).join(' · '),
    microphone: [microphone.label, microphone.peakDb === null ? '' : `${microphone.peakDb} dB`]
      .filter(Boolean)
      .join(' · '),
    loudspeaker: '',
    udp: routeText(measured.udp),
    tcp: routeText(measured.tcp),
    turn: routeText(measured.turn),
    loss: unit(best?.lossPercent, '%'),
    delay: unit(best?.rttMs, 'ms'),
    jitter: unit(best?.jitterMs, 'ms'),
    down: rateText(bandwidth.downKbps),
    up: rateText(bandwidth.upKbps),
    clock: clock.offsetMs === null ? '' : `${signed(clock.offsetMs)} s ± ${clock.uncertaintyMs ?? 0} ms`,
    storage: unit(storage.freeMb, 'MB'),
  };
  return values[item];
}

const unit = (value: number | null | undefined, name: string): string =>
  value === null || value === undefined ? '' : `${value} ${name}`;

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(2)}`;

const routeText = ({ state, connectMs, rttMs, jitterMs, lossPercent }: RouteMeasure): string =>
  state === 'open' ? `${connectMs} ms · RTT ${rttMs} ms · ±${jitterMs} ms · ${lossPercent} %` : '';

export const rateText = (kbps: number | null): string =>
  kbps === null ? '' : kbps < 1000 ? `${kbps} kb/s` : `${(kbps / 1000).toFixed(1)} Mb/s`;
