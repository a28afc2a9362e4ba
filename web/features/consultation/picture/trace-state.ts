import { emptyView } from '@lianzhen/contracts/shared-view.ts';
import type { SharedTrace } from '@lianzhen/contracts/shared-view-trace.ts';
import { highPassChoices, lowPassChoices, notchChoices } from '@lianzhen/ecg/signal/filter.ts';
import type { EcgShown } from '../../../ecg-viewer/company.ts';
import type { TracePlace } from './trace-marks.ts';
import type { Wanted } from './view-sender.ts';

/** What the leader's viewer of a trace shows, as the room keeps it: a millisecond is finer than a pixel of any screen. */
export function wantedTrace({ studyUid, seriesUid, sopInstanceUid }: TracePlace, { look, startMs }: EcgShown): Wanted {
  const { layout, active, viewports } = emptyView;
  const { filter, lead, rhythm, zoom, ...more } = look;
  const trace: SharedTrace = {
    seriesUid,
    sopInstanceUid,
    startMs: Math.max(0, Math.round(startMs)),
    layout: more.layout,
    order: more.order,
    speed: more.speed,
    gain: more.gain,
    ...filter,
    zoom: Number(zoom.toPrecision(4)),
    // A recorder may call a lead anything; the room takes what fits into a line.
    lead: lead.slice(0, 16),
    rhythm: rhythm.slice(0, 16),
    isMagnified: more.isMagnified,
  };
  return { studyUid, layout, active, viewports, trace };
}

/** One of the filters that this viewer has; another is none. */
const known = <T extends number>(choices: readonly T[], hertz: number | null): T | null =>
  choices.find((choice) => choice === hertz) ?? null;

/** What the room keeps, as a viewer shows it. */
export function traceShown({ startMs, seriesUid: _, sopInstanceUid: __, ...trace }: SharedTrace): EcgShown {
  const { highPassHz, lowPassHz, notchHz, ...look } = trace;
  const filter = {
    highPassHz: known(highPassChoices, highPassHz),
    lowPassHz: known(lowPassChoices, lowPassHz),
    notchHz: known(notchChoices, notchHz),
  };
  return { startMs, look: { ...look, filter } };
}
