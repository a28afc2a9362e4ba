import type { CriticalHit } from '@lianzhen/contracts/ecg.ts';
import type {
  ConditionKind,
  CriticalCondition,
  CriticalMeasure,
  CriticalOp,
  CriticalRule,
  CriticalRuleSet,
} from '@lianzhen/contracts/ecg-critical.ts';
import type { EcgMeasurements, RhythmRun } from '@lianzhen/contracts/ecg-measurements.ts';
import { criticalStatements, type SaidStatement } from './statement-words.ts';

type Because = CriticalHit['because'][number];

/** What a rule met, with the list and the version it was judged by (rule 26: they are stored with the alarm). */
export interface CriticalFinding extends CriticalHit {
  readonly ruleSet: { readonly code: string; readonly version: number };
}

const longMs = 30 * 60_000;

const meets = (value: number, op: CriticalOp, limit: number): boolean =>
  op === '>=' ? value >= limit : op === '>' ? value > limit : op === '<=' ? value <= limit : value < limit;

function numberOf(measured: EcgMeasurements, measure: CriticalMeasure): number | null {
  if (measure === 'qtcBazettMs') return measured.qtc.bazettMs;
  if (measure === 'qtcFridericiaMs') return measured.qtc.fridericiaMs;
  if (
    measure === 'longestPauseMs' ||
    measure === 'pauseCount' ||
    measure === 'rOnTCount' ||
    measure === 'fibrillationMs'
  ) {
    return measured.rhythm[measure];
  }
  return measured[measure];
}

function judgeNumber({ measure, op, value }: ConditionKind<'number'>, measured: EcgMeasurements): Because[] | null {
  const found = numberOf(measured, measure);
  return found !== null && meets(found, op, value)
    ? [{ measure, lead: null, value: found, limit: `${op} ${value}` }]
    : null;
}

/** The raised leads of the first group in which enough are raised. */
function judgeSt({ point, fromUv, groups, atLeast }: ConditionKind<'st'>, measured: EcgMeasurements): Because[] | null {
  const raised = (code: string): Because[] => {
    const uv = measured.leads.find((lead) => lead.code === code)?.[point] ?? null;
    const limit = fromUv[code];
    if (uv === null || limit === undefined || uv < limit) return [];
    return [{ measure: point, lead: code, value: uv, limit: `>= ${limit}` }];
  };
  const met = groups.map((group) => group.flatMap(raised)).filter((found) => found.length >= atLeast);
  if (met.length === 0) return null;
  // A lead may stand in two groups; it is named once.
  const leads = new Map(met.flat().map((because) => [because.lead, because]));
  return [...leads.values()];
}

const irregular = 0.1;
/** A run that begins and ends within so many milliseconds of the ends of the trace fills it. */
const edgeMs = 1000;

function isLongEnough(run: RhythmRun, condition: ConditionKind<'run'>, durationMs: number): boolean {
  if (run.endMs - run.startMs >= condition.forSeconds * 1000) return true;
  return condition.orWholeTrace && run.startMs <= edgeMs && run.endMs >= durationMs - edgeMs;
}

function judgeRun(condition: ConditionKind<'run'>, measured: EcgMeasurements): Because[] | null {
  const { op, rateBpm, wide, regular } = condition;
  const found = measured.rhythm.runs.find(
    (run) =>
      meets(run.rateBpm, op, rateBpm) &&
      (wide === undefined || run.wide === wide) &&
      (regular === undefined || run.irregularityRatio < irregular === regular) &&
      isLongEnough(run, condition, measured.durationMs),
  );
  if (!found) return null;
  const seconds = Math.round((found.endMs - found.startMs) / 100) / 10;
  const rate: Because = { measure: 'runRateBpm', lead: null, value: found.rateBpm, limit: `${op} ${rateBpm}` };
  const length: Because = { measure: 'runSeconds', lead: null, value: seconds, limit: `>= ${condition.forSeconds}` };
  return condition.forSeconds > 0 ? [rate, length] : [rate];
}

interface Evidence {
  readonly measured: EcgMeasurements;
  readonly said: readonly SaidStatement[];
}

function judge(condition: CriticalCondition, { measured, said }: Evidence): Because[] | null {
  if (condition.kind === 'number') return judgeNumber(condition, measured);
  if (condition.kind === 'st') return judgeSt(condition, measured);
  if (condition.kind === 'run') return judgeRun(condition, measured);
  const statement = said.find((one) => one.key === condition.says);
  return statement ? [{ measure: 'statement', lead: null, value: statement.text, limit: condition.says }] : null;
}

/** What met each condition of a group; null when one of them was not met. */
function judgeAll(conditions: readonly CriticalCondition[], evidence: Evidence): Because[] | null {
  const met: Because[] = [];
  for (const condition of conditions) {
    const found = judge(condition, evidence);
    if (!found) return null;
    met.push(...found);
  }
  return met;
}

function judgeRule(rule: CriticalRule, evidence: Evidence): Omit<CriticalFinding, 'ruleSet'> | null {
  const isLong = evidence.measured.durationMs > longMs;
  if ((rule.trace === 'long' && !isLong) || (rule.trace === 'resting' && isLong)) return null;
  const groups = rule.anyOf.map((conditions) => judgeAll(conditions, evidence)).filter((found) => found !== null);
  if (groups.length === 0) return null;
  // Our own numbers say more than the recorder's words, which are named as well when both agree.
  const numbers = groups.filter((found) => found.every((because) => because.measure !== 'statement'));
  const because = [...numbers, ...groups.filter((found) => !numbers.includes(found))].flat();
  return { code: rule.code, zh: rule.zh, en: rule.en, from: numbers.length > 0 ? 'measured' : 'device', because };
}

/**
 * The rules of a list that the measurements or the recorder's own statements meet, in the order of the list, each with the
 * values and thresholds. `from` is `device` when only the recorder's words met it. A value that was not measured meets
 * nothing. A finding raises the place in the queue and sets off the alarm; it is never a result.
 */
export function judgeCritical(
  ruleSet: CriticalRuleSet,
  measured: EcgMeasurements,
  statements: readonly string[],
): CriticalFinding[] {
  const evidence = { measured, said: criticalStatements(statements) };
  const { code, version } = ruleSet;
  return ruleSet.rules
    .map((rule) => judgeRule(rule, evidence))
    .filter((finding) => finding !== null)
    .map((finding) => ({ ...finding, ruleSet: { code, version } }));
}
