import type { Measured, RouteMeasure } from '@lianzhen/contracts/site-check-measures.ts';
import { measureBrowser } from './measure/browser.ts';

const route: RouteMeasure = {
  state: 'not-tried',
  connectMs: null,
  rttMs: null,
  jitterMs: null,
  lossPercent: null,
  sent: 0,
};

/** What is known before anything was tried. */
export const untried = (): Measured => ({
  browser: measureBrowser(),
  camera: { state: 'not-tried', label: '', width: 0, height: 0 },
  microphone: { state: 'not-tried', label: '', peakDb: null },
  loudspeaker: { state: 'not-tried' },
  udp: route,
  tcp: route,
  turn: route,
  bandwidth: { downKbps: null, upKbps: null },
  clock: { offsetMs: null, uncertaintyMs: null },
  storage: { freeMb: null, isKept: true },
});
