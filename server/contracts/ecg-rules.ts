import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PublishedRules, RulesDraft, RulesEdit } from './ecg-rules-draft.ts';
import { Id, Instant } from './fields.ts';

/** The code of the lists that a centre publishes itself. */
export const ownCode = 'own';
/** GB/T 2260: the first two digits of a division are its province. @returns null where the place has no such code */
export const provinceOf = (regionCode: string | null): string | null =>
  regionCode && /^\d{6}$/.test(regionCode) ? `${regionCode.slice(0, 2)}0000` : null;

/** own: published by the centre; region: entered for a province or for all; hub: comes with the hub. */
export const RuleOrigin = z.enum(['own', 'region', 'hub']);
export type RuleOrigin = z.infer<typeof RuleOrigin>;
export const RuleListView = PublishedRules.extend({
  origin: RuleOrigin,
  from: Instant.nullable(),
  publishedAt: Instant.nullable(),
  publishedByName: z.string().nullable(),
});
export type RuleListView = z.infer<typeof RuleListView>;

export const RuleVersionRow = z.object({
  version: z.number().int(),
  /** Lists of a centre that were entered by hand may have another than `own`. */
  code: z.string(),
  source: z.string(),
  note: z.string(),
  validFrom: Instant,
  until: Instant.nullable(),
  publishedAt: Instant,
  publishedByName: z.string().nullable(),
  standing: z.enum(['in-force', 'coming', 'past', 'passed-over']),
});
export type RuleVersionRow = z.infer<typeof RuleVersionRow>;

export const RuleCentre = z.object({
  id: Id,
  name: z.string(),
  nameEn: z.string().nullable(),
  facilityName: z.string(),
  canPublish: z.boolean(),
});
export type RuleCentre = z.infer<typeof RuleCentre>;
export const RulesView = z.object({
  centre: RuleCentre,
  /** Today where the centre is. */
  today: z.string(),
  /** The number of the newest list of the centre, published or yet to come; 0 where it has none. */
  newest: z.number().int(),
  inForce: RuleListView,
  /** What takes its place on a later day; the next of several. */
  coming: RuleListView.nullable(),
  /** What a list may be compared with and made from, the centre's province first. */
  defaults: z.array(RuleListView),
  /** The newest first. */
  versions: z.array(RuleVersionRow),
});
export type RulesView = z.infer<typeof RulesView>;

/** How many of so many recordings meet a pattern: by the list in force, and by the one that is being made. */
export const RulesTrial = z.object({
  recordings: z.number().int(),
  /** Of the first and the last of them. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  before: z.number().int(),
  after: z.number().int(),
  /** Recordings that only the one or only the other calls critical. */
  added: z.number().int(),
  removed: z.number().int(),
  patterns: z.array(
    z.object({ code: z.string(), zh: z.string(), en: z.string(), before: z.number().int(), after: z.number().int() }),
  ),
});
export type RulesTrial = z.infer<typeof RulesTrial>;
/** The newest recordings of the centre that a list is tried on. */
export const mostTried = 200;

const OfCentre = z.object({ centreId: Id });

/** The lists of critical patterns that an ECG centre goes by: per county, versioned. */
export const ecgRulesContract = {
  /** The ECG centres whose lists one may look at. */
  ruleCentres: oc.route({ method: 'GET', path: '/ecg/rule-centres' }).output(z.array(RuleCentre)),
  rules: oc.route({ method: 'GET', path: '/ecg/centres/{centreId}/rules' }).input(OfCentre).output(RulesView),
  ruleVersion: oc
    .route({ method: 'GET', path: '/ecg/centres/{centreId}/rules/{version}' })
    .input(OfCentre.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }))
    .output(RuleListView),
  /** Stored measurements are judged again; no recording is read, nothing is kept. */
  tryRules: oc
    .route({ method: 'POST', path: '/ecg/centres/{centreId}/rules/trial' })
    .input(OfCentre.extend(RulesEdit.shape))
    .output(RulesTrial),
  /** Refused where somebody published after `newest` was seen. */
  publishRules: oc
    .route({ method: 'POST', path: '/ecg/centres/{centreId}/rules', successStatus: 201 })
    .input(OfCentre.extend(RulesDraft.shape).extend({ newest: z.number().int().min(0) }))
    .output(RulesView),
};
