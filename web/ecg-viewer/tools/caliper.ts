import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import type { TracePoint } from '@lianzhen/ecg/sheet/places.ts';
import type { CaliperEnd } from '../state.ts';

/** A caliper from one point to another; both ends are in the lead of the first. */
export function caliperBetween(id: string, kind: Caliper['kind'], from: TracePoint, to: TracePoint): Caliper {
  const isVoltage = kind === 'voltage';
  return {
    id,
    kind,
    lead: from.lead,
    fromMs: from.ms,
    toMs: to.ms,
    fromUv: isVoltage ? from.uv : null,
    toUv: isVoltage ? to.uv : null,
    label: '',
  };
}

/** The caliper with one end, or the whole of it, moved by a time and a voltage. */
export function moveCaliper(caliper: Caliper, end: CaliperEnd, byMs: number, byUv: number): Caliper {
  const atFrom = end !== 'to' ? 1 : 0;
  const atTo = end !== 'from' ? 1 : 0;
  return {
    ...caliper,
    fromMs: caliper.fromMs + byMs * atFrom,
    toMs: caliper.toMs + byMs * atTo,
    fromUv: caliper.fromUv === null ? null : caliper.fromUv + byUv * atFrom,
    toUv: caliper.toUv === null ? null : caliper.toUv + byUv * atTo,
  };
}
