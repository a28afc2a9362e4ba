import { setImmediate as breathe } from 'node:timers/promises';
import type { CriticalRuleSet } from '@lianzhen/contracts/ecg-critical.ts';
import { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { mostTried, type RulesTrial } from '@lianzhen/contracts/ecg-rules.ts';
import {
  type ListedRule,
  PublishedRules,
  type RulesEdit,
  rulesSwitchedOn,
} from '@lianzhen/contracts/ecg-rules-draft.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { judgeCritical } from '@lianzhen/ecg/signal/critical-rules.ts';
import { auditOf, type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { draftRules } from './draft-rules.ts';
import { listInForce } from './rule-lists.ts';
import * as store from './store.ts';

/**
 * How often the centre's newest recordings would have been called critical by the list that is being made, and by the
 * one in force. Judges what was measured when they came; no recording is read again, and nothing is kept but that it
 * was tried. What a person measured later does not count: alarms come before it.
 * @throws `forbidden`, `not-found` for a centre that one does not run, `bad-input` naming fields
 */
export async function tryRules(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { centreId, ...draft }: RulesEdit & { centreId: string },
): Promise<RulesTrial> {
  const scope = requireAccess(ctx, 'facility:manage');
  const now = clock.now();
  const centre = await store.ownCentre(db, scope, centreId);
  const { base, rules } = await draftRules(db, centre, draft, now);
  const inForce = await listInForce(db, centre, now);
  const recordings = await store.recordingsOf(db, centre.id, mostTried);
  const rows = await store.measured(
    db,
    recordings.map(({ id }) => id),
  );
  const counted = await count(rows, [
    rulesSwitchedOn(inForce),
    rulesSwitchedOn(PublishedRules.parse({ ...base, rules })),
  ]);
  await recordAudit(db, {
    ...auditOf(ctx, centre.facilityId),
    ...{ action: 'ecg.rulesTried', objectType: 'centre', objectId: centre.id },
    detail: { recordings: counted.recordings, before: counted.before, after: counted.after },
  });
  const times = recordings.map(({ receivedAt }) => receivedAt.toISOString());
  const { met, ...sums } = counted;
  return { ...sums, from: times.at(-1) ?? null, to: times[0] ?? null, patterns: patternsOf(inForce.rules, rules, met) };
}

type Met = Map<string, [before: number, after: number]>;

async function count(
  rows: Array<{ measurements: unknown; statements: unknown }>,
  lists: [CriticalRuleSet, CriticalRuleSet],
) {
  const sums = { recordings: 0, before: 0, after: 0, added: 0, removed: 0 };
  const met: Met = new Map();
  for (const { measurements, statements } of rows) {
    // Other requests are answered in between.
    await breathe();
    const found = EcgMeasurements.safeParse({ ...(measurements as object), beats: [] });
    // What an earlier version of the hub measured in another shape cannot be judged, and is not counted.
    if (!found.success) continue;
    const words = Array.isArray(statements) ? statements.filter((one) => typeof one === 'string') : [];
    const codes = lists.map((list) => judgeCritical(list, found.data, words).map(({ code }) => code));
    const [before = false, after = false] = codes.map((list) => list.length > 0);
    sums.recordings += 1;
    sums.before += Number(before);
    sums.after += Number(after);
    sums.added += Number(after && !before);
    sums.removed += Number(before && !after);
    for (const [side, list] of codes.entries())
      for (const code of list) {
        const both = met.get(code) ?? [0, 0];
        both[side] = (both[side] ?? 0) + 1;
        met.set(code, both);
      }
  }
  return { ...sums, met };
}

/** The patterns that any recording met, in the order of the new list. */
function patternsOf(before: readonly ListedRule[], after: readonly ListedRule[], met: Met): RulesTrial['patterns'] {
  const rules = new Map([...after, ...before].toReversed().map((rule) => [rule.code, rule]));
  const order = [...new Set([...after, ...before].map(({ code }) => code))];
  return order.flatMap((code) => {
    const [sum, rule] = [met.get(code), rules.get(code)];
    return sum && rule ? [{ code, zh: rule.zh, en: rule.en, before: sum[0], after: sum[1] }] : [];
  });
}
