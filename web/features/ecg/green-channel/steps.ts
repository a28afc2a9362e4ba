import type { GreenChannelTimes } from '@lianzhen/contracts/ecg-alarms.ts';

export type StepName = Exclude<keyof GreenChannelTimes, 'orderId'>;
/** In the order in which a patient with chest pain goes through them. */
export const stepNames = [
  'symptomAt',
  'firstContactAt',
  'recordedAt',
  'receivedAt',
  'alarmAt',
  'acknowledgedAt',
  'openedAt',
  'toldAt',
  'confirmedAt',
  'decidedAt',
] as const satisfies readonly StepName[];

export interface GreenStep {
  name: StepName;
  at: string | null;
  /** Milliseconds since the last step before it that has come; null for the first. Negative where clocks differ. */
  sinceLastMs: number | null;
  /** Milliseconds since the first contact. */
  sinceContactMs: number | null;
}

const timeOf = (at: string | null): number => (at === null ? Number.NaN : Date.parse(at));
const between = (from: number, to: number): number | null =>
  Number.isNaN(from) || Number.isNaN(to) ? null : to - from;

/** Every step with its time and the time it took. A recorder's clock without a zone is taken as this machine's. */
export function greenSteps(times: GreenChannelTimes): GreenStep[] {
  const contact = timeOf(times.firstContactAt);
  let last = Number.NaN;
  return stepNames.map((name) => {
    const at = timeOf(times[name]);
    const step: GreenStep = {
      name,
      at: Number.isNaN(at) ? null : times[name],
      sinceLastMs: between(last, at),
      sinceContactMs: name === 'symptomAt' || name === 'firstContactAt' ? null : between(contact, at),
    };
    if (!Number.isNaN(at)) last = at;
    return step;
  });
}

/** `2:05`, with hours where there are any, in days from two days on; a minus where clocks differ. */
export function clockText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const days = Math.floor(seconds / 86_400);
  if (days > 1) return `${ms < 0 ? '−' : ''}${days} d`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${ms < 0 && seconds > 0 ? '−' : ''}${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}`;
}
