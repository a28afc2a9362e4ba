import type { ReceivingStep } from '@lianzhen/contracts/room-signals.ts';

/** From all to nothing. */
export const steps = ['full', 'thumbnails', 'stills', 'audio'] as const satisfies readonly ReceivingStep[];
export type StepReason = 'good' | 'loss' | 'delay' | 'bandwidth';

/** What is known of somebody's link in the last second or two. */
export interface LinkSample {
  /** Milliseconds of any clock that does not go back. */
  at: number;
  lossPercent: number;
  rttMs: number;
  jitterMs: number;
  /** What the link is thought to carry, in bit/s, where something larger was wanted; left out while nothing presses on it. */
  available?: number | undefined;
}

/** All of the past that counts. */
export interface StepHistory {
  step: ReceivingStep;
  reason: StepReason;
  /** Smoothed, so that one bad second among good ones is none. */
  lossPercent: number;
  lastAt: number;
  badSince: number | null;
  calmSince: number | null;
  /** How long it must be calm before the next try upwards. */
  calmMs: number;
  /** The last try upwards, until it has proved good. */
  triedAt: number | null;
}

/** Bad for this long means down. A reading is a second or two, so that it takes three of them. */
const badForMs = 4000;
/** Calm for this long means up; each try that fails doubles it. */
export const calmSteps = { firstMs: 10_000, mostMs: 40_000 };
/** A try upwards that held for this long was right. */
const provenMs = 45_000;
/** Nothing heard for so long: what was bad or calm before says nothing about now. */
const silentMs = 10_000;

/** Bit/s that a step needs beside the voices: below it pictures come late, and take the voices with them. */
const needs: Record<ReceivingStep, number> = { full: 220_000, thumbnails: 100_000, stills: 60_000, audio: 0 };
const bad = { lossPercent: 10, rttMs: 900, jitterMs: 150 };
const calm = { lossPercent: 4, rttMs: 600, jitterMs: 80 };

export const firstStep = (at: number): StepHistory => ({
  step: 'full',
  reason: 'good',
  lossPercent: 0,
  lastAt: at,
  badSince: null,
  calmSince: at,
  calmMs: calmSteps.firstMs,
  triedAt: null,
});

/**
 * Which step a link bears, with hysteresis above that of the media library: what is bad is left
 * soon, but not for a spike; what was bad is tried again later and later. Estimates of bandwidth press downwards only,
 * because with little sent there is nothing to estimate from, and a link would never come back.
 */
export function nextStep(history: StepHistory, sample: LinkSample): StepHistory {
  const wasSilent = sample.at - history.lastAt > silentMs;
  const lossPercent = wasSilent ? sample.lossPercent : (history.lossPercent + sample.lossPercent) / 2;
  const why = badness(history.step, { ...sample, lossPercent });
  const isCalm = why === null && isCalmLink({ ...sample, lossPercent });
  const before = wasSilent ? { ...history, badSince: null, calmSince: null } : history;
  const now: StepHistory = {
    ...before,
    lossPercent,
    lastAt: sample.at,
    badSince: why ? (before.badSince ?? sample.at) : null,
    calmSince: isCalm ? (before.calmSince ?? sample.at) : null,
  };
  if (why && now.badSince !== null && sample.at - now.badSince >= badForMs) return down(now, why, sample);
  const isProven = now.triedAt !== null && sample.at - now.triedAt >= provenMs;
  const settled = isProven ? { ...now, triedAt: null, calmMs: calmSteps.firstMs } : now;
  if (settled.calmSince !== null && sample.at - settled.calmSince >= settled.calmMs) return up(settled, sample.at);
  return settled;
}

/** Reports come every two seconds: after so long one was not late, but did not get through. */
const unheardMs = 5000;

/**
 * The same for somebody whose own reports do not come, as on a link so full of pictures that nothing else passes: what
 * the media library sees of it leads downwards. Only he himself can say that it has become better.
 * @param at of the same clock as the samples
 * @param available as in a sample
 */
export function nextUnheard(history: StepHistory, at: number, available: number | undefined): StepHistory {
  if (at - history.lastAt < unheardMs) return history;
  const isBad = available !== undefined && available < needs[history.step];
  const now = { ...history, badSince: isBad ? (history.badSince ?? at) : null, calmSince: null };
  if (now.badSince === null || at - now.badSince < badForMs) return now;
  return down(now, 'bandwidth', { at, available });
}

function down(
  now: StepHistory,
  reason: StepReason,
  { at, available }: Pick<LinkSample, 'at' | 'available'>,
): StepHistory {
  const next = steps.indexOf(now.step) + 1;
  if (next >= steps.length) return { ...now, reason, badSince: at };
  // Where it is known what the link carries, the steps that it cannot carry are passed over.
  const bearable = steps.findIndex((step, index) => index >= next && needs[step] <= (available ?? Infinity));
  const hasFailed = now.triedAt !== null;
  return {
    ...now,
    step: steps[bearable] ?? 'audio',
    reason,
    badSince: null,
    calmSince: null,
    calmMs: hasFailed ? Math.min(calmSteps.mostMs, now.calmMs * 2) : now.calmMs,
    triedAt: null,
  };
}

function up(now: StepHistory, at: number): StepHistory {
  const index = steps.indexOf(now.step);
  if (index === 0) return { ...now, reason: 'good' };
  const step = steps[index - 1] ?? 'full';
  // The next step up waits for its own calm, and for what this try brings.
  return { ...now, step, reason: step === 'full' ? 'good' : now.reason, calmSince: at, triedAt: at };
}

function badness(step: ReceivingStep, { lossPercent, rttMs, jitterMs, available }: LinkSample): StepReason | null {
  if (lossPercent >= bad.lossPercent) return 'loss';
  if (rttMs >= bad.rttMs || jitterMs >= bad.jitterMs) return 'delay';
  return available !== undefined && available < needs[step] ? 'bandwidth' : null;
}

const isCalmLink = ({ lossPercent, rttMs, jitterMs }: LinkSample): boolean =>
  lossPercent <= calm.lossPercent && rttMs <= calm.rttMs && jitterMs <= calm.jitterMs;

/** The lesser of two steps. */
export const atMost = (step: ReceivingStep, most: ReceivingStep): ReceivingStep =>
  steps[Math.max(steps.indexOf(step), steps.indexOf(most))] ?? 'audio';
