import type { CriticalRuleSet } from '@lianzhen/contracts/ecg-critical.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { type CriticalFinding, judgeCritical } from '@lianzhen/ecg/signal/critical-rules.ts';
import { storable, type TraceFacts } from '@lianzhen/ecg/trace-facts.ts';
import type { WorkerDeps } from '../deps.ts';
import type { Evaluation } from './evaluate-trace.ts';
import { linkRepeat } from './link-repeat.ts';
import { type Placement, placeTrace } from './place-trace.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { raiseRank } from './raise-rank.ts';
import { ruleSetOf } from './rule-set.ts';
import * as store from './store.ts';

/** What became of a recording when it was read. */
export type Outcome =
  | { kind: 'read'; facts: TraceFacts; evaluation: Evaluation }
  | { kind: 'picture' }
  | { kind: 'unreadable'; error: Record<string, unknown> };

const plain = (value: unknown): Prisma.InputJsonValue => storable(value) as Prisma.InputJsonValue;

/**
 * Writes what was found out about a trace with its consequences, in one short transaction: the alarm, the place of its
 * case in the queue, the recording that it repeats. Whoever comes second finds it done.
 */
export async function keepEvaluation(
  { db, blobs, clock, log }: WorkerDeps,
  traceId: string,
  outcome: Outcome,
): Promise<void> {
  const overview = outcome.kind === 'read' ? outcome.evaluation.overview : null;
  const kept = await db.transaction(async (tx) => {
    const before = await store.readTrace(tx, traceId);
    if (!before) return null;
    // The study first: who settles it holds it too, and one of the two sees what the other has written.
    await store.lockStudy(tx, before.studyInstanceUid);
    const trace = await store.lockUnread(tx, traceId);
    const study = trace && (await store.studyOf(tx, trace.studyInstanceUid));
    if (!trace || !study) return null;
    const now = clock.now();
    const placement = await placeTrace(tx, trace, study, now);
    const rules = await ruleSetOf(tx, placement.centres[0] ?? null, now);
    const critical = criticalIn(rules, outcome);
    const changed = await store.changeTrace(tx, traceId, { ...columnsOf(trace, outcome, critical), readAt: now });
    await addMeasurements(tx, traceId, now, outcome, rules);
    await linkRepeat(tx, changed, placement.orderExamId);
    if (critical.length > 0) await raise(tx, changed, placement, critical, rules, now);
    const parties = await store.partiesOfStudy(tx, trace.studyInstanceUid);
    const facilityIds = [...new Set([trace.facilityId, ...parties])];
    await emit(tx, { topic: 'trace', id: traceId, revision: changed.revision, facilityIds });
    return { state: changed.state, critical: critical.length };
  });
  if (!kept && overview) await blobs.discard(overview.blob);
  if (kept) log.info({ traceId, state: kept.state, count: kept.critical }, 'trace read');
}

function criticalIn(rules: CriticalRuleSet, outcome: Outcome): CriticalFinding[] {
  if (outcome.kind !== 'read' || !outcome.evaluation.measurements) return [];
  return judgeCritical(rules, outcome.evaluation.measurements, outcome.facts.said.statements);
}

function columnsOf(
  trace: store.TraceRow,
  outcome: Outcome,
  critical: CriticalFinding[],
): Prisma.EcgTraceUncheckedUpdateInput {
  if (outcome.kind === 'picture') return {};
  if (outcome.kind === 'unreadable') return { state: 'unreadable', error: plain(outcome.error) };
  const { facts, evaluation } = outcome;
  const found = {
    state: 'read',
    quality: plain(evaluation.quality),
    critical: plain(critical),
    ...(evaluation.overview ? { overview: plain(evaluation.overview) } : {}),
  };
  // What was made of another format says less than the file did; the door has written down what that one said.
  if (trace.originalBlob !== null) return found;
  const { acquiredAt, durationMs, leadCodes, recordings, said, warnings } = facts;
  const columns = { acquiredAt, durationMs, leadCodes };
  return { ...found, ...columns, recordings: plain(recordings), said: plain(said), warnings: plain(warnings) };
}

/** With the list that they were judged by, whether anything of it was met or not. */
async function addMeasurements(
  tx: Tx,
  traceId: string,
  now: Date,
  outcome: Outcome,
  { code, version }: CriticalRuleSet,
): Promise<void> {
  if (outcome.kind !== 'read' || !outcome.evaluation.measurements) return;
  const { measurements } = outcome.evaluation;
  const read = { measurements: plain(measurements), fiducials: plain(measurements.fiducials), calipers: [] };
  const content = { ...read, judgedBy: { code, version } };
  await store.addAutomatic(tx, traceId, now, content);
}

async function raise(
  tx: Tx,
  trace: store.TraceRow,
  placement: Placement,
  critical: CriticalFinding[],
  rules: CriticalRuleSet,
  now: Date,
): Promise<void> {
  if (placement.caseId !== null) await raiseRank(tx, placement.caseId);
  await raiseAlarm(tx, trace, placement, critical, rules, now);
}
