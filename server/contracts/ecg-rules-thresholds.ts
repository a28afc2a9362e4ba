import type { ConditionKind, CriticalCondition, CriticalMeasure, CriticalOp, CriticalRule } from './ecg-critical.ts';

export type ThresholdUnit = 'bpm' | 'ms' | 's' | 'uV' | 'count';
export type ThresholdWhat = CriticalMeasure | 'st' | 'runRateBpm' | 'runSeconds';
/** A number of a pattern that a centre may set itself. Whole, in its unit, within its bounds. */
export interface Threshold {
  /** Its first place in the pattern: group, condition, field; `0.1.value`, `0.0.V2+V3`. */
  at: string;
  /** The same number may stand in several groups; it is one threshold. */
  places: string[];
  what: ThresholdWhat;
  /** Of an ST height: the leads that it counts for. */
  leads: string[];
  op: CriticalOp;
  value: number;
  unit: ThresholdUnit;
  min: number;
  max: number;
}
type Found = Omit<Threshold, 'places'>;

const isLow = (op: CriticalOp): boolean => op === '<' || op === '<=';
/**
 * No source gives bounds. Ours are wide enough for every published list and narrow enough that a slipped digit, or a
 * list that would wake everybody at night, is refused.
 */
const bounds: Record<ThresholdWhat, readonly [unit: ThresholdUnit, min: number, max: number]> = {
  heartRate: ['bpm', 120, 300],
  rrMinMs: ['ms', 150, 400],
  rrMaxMs: ['ms', 2000, 10_000],
  qrsMs: ['ms', 120, 300],
  prMs: ['ms', 200, 600],
  qtMs: ['ms', 400, 700],
  qtcBazettMs: ['ms', 450, 700],
  qtcFridericiaMs: ['ms', 450, 700],
  longestPauseMs: ['ms', 2000, 10_000],
  pauseCount: ['count', 1, 100],
  rOnTCount: ['count', 1, 50],
  fibrillationMs: ['ms', 1000, 10_000],
  st: ['uV', 50, 500],
  runRateBpm: ['bpm', 100, 300],
  runSeconds: ['s', 0, 60],
};
const slowHeart = [20, 50] as const;

function threshold(at: string, what: ThresholdWhat, op: CriticalOp, value: number, leads: string[] = []): Found {
  const [unit, least, greatest] = bounds[what];
  const [min, max] = what === 'heartRate' && isLow(op) ? slowHeart : [least, greatest];
  return { at, what, leads, op, value, unit, min, max };
}

/** Leads that lists give one height for; where a list does not, each lead has its own. */
const leadSets = [
  ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'],
  ['V1'],
  ['V2', 'V3'],
  ['V4', 'V5', 'V6'],
  ['V7', 'V8', 'V9'],
  ['V3R', 'V4R', 'V5R'],
];

function ofSt(at: string, { fromUv }: ConditionKind<'st'>): Found[] {
  const named = Object.keys(fromUv);
  const rest = named.filter((lead) => !leadSets.flat().includes(lead)).map((lead) => [lead]);
  return [...leadSets, ...rest].flatMap((set) => {
    const leads = set.filter((lead) => named.includes(lead));
    const isOne = new Set(leads.map((lead) => fromUv[lead])).size === 1;
    const parts = isOne ? [leads] : leads.map((lead) => [lead]);
    return parts.map((part) => threshold(`${at}.${part.join('+')}`, 'st', '>=', fromUv[part[0] ?? ''] ?? 0, part));
  });
}

function ofCondition(at: string, condition: CriticalCondition): Found[] {
  if (condition.kind === 'statement') return [];
  if (condition.kind === 'st') return ofSt(at, condition);
  if (condition.kind === 'number') {
    return [threshold(`${at}.value`, condition.measure, condition.op, condition.value)];
  }
  return [
    threshold(`${at}.rateBpm`, 'runRateBpm', condition.op, condition.rateBpm),
    threshold(`${at}.forSeconds`, 'runSeconds', '>=', condition.forSeconds),
  ];
}

/** The numbers of a pattern in the order of its groups; one that stands in several groups is there once. */
export function thresholdsOf({ anyOf }: Pick<CriticalRule, 'anyOf'>): Threshold[] {
  const all = anyOf.flatMap((group, g) => group.flatMap((condition, c) => ofCondition(`${g}.${c}`, condition)));
  const merged = new Map<string, Threshold>();
  for (const found of all) {
    const key = [found.what, found.op, found.value, ...found.leads].join(' ');
    const before = merged.get(key);
    if (before) before.places.push(found.at);
    else merged.set(key, { ...found, places: [found.at] });
  }
  return [...merged.values()];
}

/** The pattern with a number of its own set to another, in every group that it stands in. */
export function withThreshold<R extends Pick<CriticalRule, 'anyOf'>>(rule: R, { places }: Threshold, value: number): R {
  const anyOf = rule.anyOf.map((group, g) =>
    group.map((condition, c) => {
      const fields = places.filter((place) => place.startsWith(`${g}.${c}.`)).map((place) => place.split('.')[2] ?? '');
      return fields.reduce((changed, field) => withField(changed, field, value), condition);
    }),
  );
  return { ...rule, anyOf };
}

function withField(condition: CriticalCondition, field: string, value: number): CriticalCondition {
  if (condition.kind !== 'st') return { ...condition, [field]: value };
  const heights = field.split('+').map((lead): [string, number] => [lead, value]);
  return { ...condition, fromUv: { ...condition.fromUv, ...Object.fromEntries(heights) } };
}

export const isWithin = ({ min, max }: Threshold, value: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;
