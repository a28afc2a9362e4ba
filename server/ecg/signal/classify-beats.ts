import type { BeatClass } from '@lianzhen/contracts/ecg-measurements.ts';
import type { Lead, Recording } from '../trace.ts';
import type { FoundBeat } from './find-beats.ts';
import { findQrs } from './find-qrs.ts';
import { medianBeat, medianWindow } from './median-beat.ts';
import { beatLeads } from './microvolts.ts';
import { correlation } from './order-statistics.ts';

/** Steps of 8 ms, from 104 ms before to 136 ms after the place of the beat. */
const stepMs = 8;
const [first, last] = [-13, 17];
/** A beat may have been found so many steps beside its like. */
const mostShift = 3;
const alike = 0.88;
const mostShapes = 12;

/** The leads of a beat one after the other, each without its mean; every point is the mean of 20 ms, which has no hum. */
function shapeAt(leads: readonly Lead[], rateHz: number, atMs: number): Float64Array {
  const [from, to] = [first - mostShift, last + mostShift];
  const points = to - from + 1;
  const out = new Float64Array(points * leads.length);
  const half = Math.max(1, Math.round(0.01 * rateHz));
  for (const [number, { samples, gain }] of leads.entries()) {
    let total = 0;
    for (let step = from; step <= to; step += 1) {
      const centre = Math.round(((atMs + step * stepMs) * rateHz) / 1000);
      let sum = 0;
      for (let i = centre - half; i < centre + half; i += 1)
        sum += samples[Math.max(0, Math.min(samples.length - 1, i))] as number;
      const uv = (sum / (2 * half)) * gain;
      out[number * points + step - from] = uv;
      total += uv;
    }
    for (let i = number * points; i < (number + 1) * points; i += 1) out[i] = (out[i] as number) - total / points;
  }
  return out;
}

/** The inner points of every lead, moved by so many steps. */
function moved(shape: Float64Array, leadCount: number, shift: number): Float64Array {
  const points = shape.length / leadCount;
  const inner = points - 2 * mostShift;
  const out = new Float64Array(inner * leadCount);
  for (let lead = 0; lead < leadCount; lead += 1) {
    const from = lead * points + mostShift + shift;
    out.set(shape.subarray(from, from + inner), lead * inner);
  }
  return out;
}

interface Shape {
  mean: Float64Array;
  beats: number[];
}

/** Groups of beats that look alike (correlation of 0.88 or more over all leads), in the order they come. */
function groupShapes(leads: readonly Lead[], rateHz: number, beats: readonly FoundBeat[]): Shape[] {
  const shapes: Shape[] = [];
  for (const [number, beat] of beats.entries()) {
    const whole = shapeAt(leads, rateHz, beat.atMs);
    const candidates = Array.from({ length: 2 * mostShift + 1 }, (_, i) => moved(whole, leads.length, i - mostShift));
    let best: { shape: Shape; like: number; points: Float64Array } | null = null;
    for (const shape of shapes) {
      for (const points of candidates) {
        const like = correlation(shape.mean, points);
        if (!best || like > best.like) best = { shape, like, points };
      }
    }
    if (best && (best.like >= alike || shapes.length >= mostShapes)) {
      best.shape.beats.push(number);
      const weight = 1 / Math.min(16, best.shape.beats.length);
      const { points } = best;
      best.shape.mean = best.shape.mean.map((x, i) => x + weight * ((points[i] as number) - x));
    } else shapes.push({ mean: moved(whole, leads.length, 0), beats: [number] });
  }
  return shapes;
}

export interface ClassifiedBeat {
  readonly atMs: number;
  readonly class: BeatClass;
  /** Its QRS lasts 120 ms or longer, whichever class it is of. */
  readonly isWide: boolean;
}

export const wideMs = 120;

/** QRS duration of beats that look alike, in milliseconds; null where it cannot be measured. */
function widthOf(recording: Recording, beatsMs: readonly number[], rrMs: number): number | null {
  const shape = medianBeat(recording, beatsMs, { ...medianWindow(rrMs), mainsHz: null, most: 12 });
  const qrs = shape && findQrs(shape);
  return qrs ? qrs.offMs - qrs.onMs : null;
}

/**
 * The class of every beat. The dominant shape is the most frequent one (the narrower of two equally frequent ones, for a
 * heart in bigeminy beats on its own in the narrow one); others are `wide` from 120 ms on; beats after a spike are `paced`.
 */
export function classifyBeats(recording: Recording, beats: readonly FoundBeat[]): ClassifiedBeat[] {
  const leads = beatLeads(recording);
  if (beats.length === 0 || leads.length === 0) return [];
  const shapes = groupShapes(leads, recording.samplingFrequency, beats);
  const measured = shapes.map((shape) => {
    const places = shape.beats.map((number) => (beats[number] as FoundBeat).atMs);
    // A window of its own for each shape: the interval that follows an early beat says nothing about its QRS.
    const width = widthOf(recording, places, 700);
    return { ...shape, isWide: width !== null && width >= wideMs };
  });
  const most = Math.max(...measured.map((shape) => shape.beats.length));
  const frequent = measured.filter((shape) => shape.beats.length >= most - 1);
  const dominant = frequent.find((shape) => !shape.isWide) ?? measured.find((shape) => shape.beats.length === most);
  const shapeOf = new Map(measured.flatMap((shape) => shape.beats.map((number) => [number, shape] as const)));
  return beats.map((beat, number): ClassifiedBeat => {
    const shape = shapeOf.get(number);
    const isWide = shape?.isWide ?? false;
    const other = isWide ? 'wide' : 'other';
    return { atMs: beat.atMs, isWide, class: beat.paced ? 'paced' : shape === dominant ? 'dominant' : other };
  });
}

/** The beats that make the median beat: the dominant ones, or in a paced heart the paced ones. */
export function dominantBeats(beats: readonly ClassifiedBeat[]): ClassifiedBeat[] {
  const dominant = beats.filter((beat) => beat.class === 'dominant');
  const paced = beats.filter((beat) => beat.class === 'paced');
  return paced.length > dominant.length ? paced : dominant;
}
