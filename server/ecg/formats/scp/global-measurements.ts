import type { TraceAnnotation } from '../../trace.ts';
import { isMissing } from './missing-values.ts';
import type { SectionCursor } from './section-cursor.ts';

export interface GlobalMeasurements {
  /** By the names of the product: bpm, milliseconds, degrees. Only what the recorder did measure. */
  readonly values: Readonly<Record<string, number>>;
  /** Spikes of a pacemaker. */
  readonly annotations: readonly TraceAnnotation[];
}

const blockLength = 16;
const spikeLength = 4;
const spikeDetailLength = 6;

/**
 * Reads section 7 (EN 1064, 5.10). The first block of times belongs to the reference beat or the first kind of beat; the
 * intervals are differences of its points. Recorders leave out the end of this section, so what is not there is not read.
 */
export function readGlobalMeasurements(cursor: SectionCursor): GlobalMeasurements {
  const [blocks, spikes] = [cursor.u8('number of beats measured'), cursor.u8('number of spikes')];
  const rr = present(cursor.u16('RR interval'));
  cursor.u16('PP interval');
  const points = blocks > 0 ? readPoints(cursor) : {};
  const annotations: TraceAnnotation[] = [];
  const values = { rr, ...points };
  if (skip(cursor, Math.max(0, blocks - 1) * blockLength) && cursor.left() >= spikes * spikeLength) {
    for (let index = 0; index < spikes; index += 1) annotations.push(...readSpike(cursor));
    if (skip(cursor, spikes * spikeDetailLength)) Object.assign(values, readRates(cursor));
  }
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { values: Object.fromEntries(known), annotations };
}

function readPoints(cursor: SectionCursor): Record<string, number | undefined> {
  const point = () => cursor.u16('point of a wave');
  const [pOn, pOff, qrsOn, qrsOff, tOff] = [point(), point(), point(), point(), point()];
  const axis = (): number | undefined => {
    const degrees = cursor.i16('axis');
    return Math.abs(degrees) <= 180 ? degrees : undefined;
  };
  return {
    pDuration: between(pOn, pOff),
    pr: between(pOn, qrsOn),
    qrs: between(qrsOn, qrsOff),
    qt: between(qrsOn, tOff),
    pAxis: axis(),
    qrsAxis: axis(),
    tAxis: axis(),
  };
}

function readSpike(cursor: SectionCursor): TraceAnnotation[] {
  const [time, amplitude] = [cursor.u16('time of a spike'), cursor.i16('amplitude of a spike')];
  if (isMissing(time)) return [];
  const value = isMissing(amplitude) ? null : amplitude;
  return [{ text: 'pacemaker spike', atMs: time, endMs: null, lead: null, value, unit: value === null ? null : 'uV' }];
}

/** Rates and QTc stand behind the kinds of all beats. */
function readRates(cursor: SectionCursor): Record<string, number | undefined> {
  if (cursor.left() < 2) return {};
  const kinds = cursor.u16('number of beats');
  if (!skip(cursor, isMissing(kinds) ? 0 : kinds) || cursor.left() < 6) return {};
  const rate = present(cursor.u16('ventricular rate'));
  cursor.u16('atrial rate');
  return { heartRate: rate !== undefined && rate < 1000 ? rate : undefined, qtc: present(cursor.u16('QTc')) };
}

/** Leaves `length` bytes behind; false where there are fewer. */
function skip(cursor: SectionCursor, length: number): boolean {
  if (cursor.left() < length) return false;
  cursor.take(length, 'what is not read');
  return true;
}

/** Recorders write 0 as well for what they did not measure; no interval and no rate of a heart is 0. */
const present = (value: number): number | undefined => (value > 0 && !isMissing(value) ? value : undefined);

const between = (from: number, to: number): number | undefined =>
  !isMissing(from) && !isMissing(to) && to > from ? to - from : undefined;
