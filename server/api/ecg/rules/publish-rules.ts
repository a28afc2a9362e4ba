import { ownCode, provinceOf, type RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { PublishedRules, type RulesDraft } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { comesIntoForce } from './comes-into-force.ts';
import { draftRules } from './draft-rules.ts';
import { rulesView } from './read-rules.ts';
import { ruleReach } from './rule-access.ts';
import * as store from './store.ts';

type Publish = RulesDraft & { centreId: string; newest: number };

/**
 * Publishes a list of a centre as a new version, from a day on; the one before it counts until then. What was published
 * is never changed. Of two who publish at once the first does, and the other is told of it.
 * @throws `forbidden`, `not-found` for a centre that one does not run, `stale-revision` where somebody published
 * meanwhile, `bad-input` naming fields with what was expected, `too-large` past 1000 versions
 */
export async function publishRules(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Publish,
): Promise<RulesView> {
  const scope = requireAccess(ctx, 'facility:manage');
  return db.transaction(async (tx) => {
    const centre = await store.lockCentre(tx, scope, input.centreId);
    const found = await store.newestVersion(tx, centre.id);
    if (found !== input.newest) throw await published(tx, centre.id, input.newest, found);
    if (found >= store.mostVersions) throw new HubError('too-large', { limit: store.mostVersions });
    const now = clock.now();
    const validFrom = comesIntoForce(input.validFrom, centre.facility.timeZone, now);
    if (!validFrom)
      throw new HubError('bad-input', {
        fields: [{ field: 'validFrom', expected: 'today or a day of the next year' }],
      });
    await add(tx, ctx, centre, input, { version: found + 1, validFrom, now });
    return rulesView(tx, centre, ruleReach(ctx), now);
  });
}

/** Who was quicker is told, so that the two can talk. */
async function published(tx: Tx, centreId: string, expected: number, found: number): Promise<HubError> {
  const row = found > 0 ? await store.version(tx, centreId, found) : null;
  return new HubError('stale-revision', { expected, found, publishedBy: row?.publishedByName ?? null });
}

async function add(
  tx: Tx,
  ctx: Ctx,
  centre: store.CentreFound,
  draft: Publish,
  { version, validFrom, now }: { version: number; validFrom: Date; now: Date },
): Promise<void> {
  const person = requirePerson(ctx);
  const { source, note } = draft;
  const { base, rules, changed } = await draftRules(tx, centre, draft, now, source);
  const province = provinceOf(centre.facility.regionCode) ?? base.province;
  const list = PublishedRules.parse({
    ...{ code: ownCode, version, province, source, note, rules, validFrom: draft.validFrom },
    ...{ zh: `${centre.name}心电危急值`, en: `Critical ECG list of ${centre.nameEn ?? centre.name}`.slice(0, 100) },
    basedOn: { code: base.code, version: base.version },
  });
  const row = await store.publish(tx, {
    ...{ centreId: centre.id, code: ownCode, version, province: province ?? '', source, rules: list, validFrom },
    ...{ publishedAt: now, publishedBy: person.accountId, publishedByName: person.displayName },
  });
  await recordAudit(tx, {
    ...auditOf(ctx, centre.facilityId),
    ...{ action: 'ecg.rulesPublished', objectType: 'ecg-rules', objectId: row.id },
    detail: {
      ...{ centreId: centre.id, version, validFrom: validFrom.toISOString(), source },
      base: `${base.code} ${base.version}`,
      changed,
      off: rules.filter(({ off }) => off !== null).map(({ code }) => code),
    },
  });
}
