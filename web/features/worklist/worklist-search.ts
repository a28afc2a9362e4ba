import { Urgency } from '@lianzhen/contracts/facilities.ts';
import { countText } from '@lianzhen/contracts/fields.ts';
import { overStates, owedStates } from '@lianzhen/contracts/lease-rules.ts';
import { CaseState } from '@lianzhen/contracts/worklist.ts';
import { z } from 'zod';
import type { Inputs } from '../../api/client.ts';

/** What the address remembers of the queue: the desk carries it on, so that "next" means next of what one was looking at. */
export const WorklistSearch = z.object({
  state: z.array(CaseState).min(1).max(9).optional().catch(undefined),
  urgency: z.array(Urgency).min(1).max(3).optional().catch(undefined),
  modality: z.array(z.string().min(1).max(16)).min(1).max(20).optional().catch(undefined),
  facility: z.uuid().optional().catch(undefined),
  mine: z.literal(true).optional().catch(undefined),
  overdue: z.literal(true).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  q: z.string().min(1).max(64).optional().catch(undefined),
  sort: z.enum(['priority', 'due', 'submitted', 'patient', 'state']).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  page: z.number().int().min(1).max(10_000).optional().catch(undefined),
});
export type WorklistSearch = z.infer<typeof WorklistSearch>;
export type SortKey = NonNullable<WorklistSearch['sort']>;

/** The search as the hub is asked. */
export function queryOf(search: WorklistSearch): Inputs['worklist']['list'] {
  const { facility, page: _, ...same } = search;
  const known = Object.entries({ ...same, facilityId: facility }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

const ordering = ['sort', 'direction', 'page'];

/** How many conditions narrow the queue, its order, its page and, where told, its states left out. */
export const countConditions = (search: WorklistSearch, leftOut: readonly (keyof WorklistSearch)[] = []): number =>
  Object.entries(search).filter(
    ([key, value]) => value !== undefined && !ordering.includes(key) && !(leftOut as readonly string[]).includes(key),
  ).length;

/** The tabs over the queue: all that is owed, then each state by itself. */
export const tabs = ['owed', ...CaseState.options] as const;
export type Tab = (typeof tabs)[number];

export function tabOf({ state }: WorklistSearch): Tab | undefined {
  if (!state) return 'owed';
  return state.length === 1 ? state[0] : undefined;
}

export const statesOfTab = (tab: Tab): WorklistSearch['state'] => (tab === 'owed' ? undefined : [tab]);

/**
 * The search as the list asks it: for who reviews, the tab of what waits for review is what he may review. His own
 * reports, which wait there for others, stand under all that is owed.
 */
export const listQueryOf = (search: WorklistSearch, isReviewer: boolean): Inputs['worklist']['list'] => ({
  ...queryOf(search),
  ...(isReviewer && tabOf(search) === 'submitted' ? { reviewable: 'true' } : {}),
});

/** @param toReview what the person may review himself, where he reviews */
export function countOfTab(tab: Tab, counts: Readonly<Record<string, number>>, toReview?: number): number {
  if (tab === 'submitted' && toReview !== undefined) return toReview;
  if (tab !== 'owed') return counts[tab] ?? 0;
  return owedStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** The same as it stands on the tab: what is owed is counted to its end, what is over is not. */
export function countShown(tab: Tab, counts: Readonly<Record<string, number>>, toReview?: number): string {
  const count = countOfTab(tab, counts, toReview);
  return (overStates as readonly Tab[]).includes(tab) ? countText(count) : `${count}`;
}

/** What one looks for with this search: cases to review where only such are shown, else cases to read. */
export const purposeWanted = ({ state }: WorklistSearch): 'read' | 'review' =>
  state?.every((one) => one === 'submitted' || one === 'reviewing') ? 'review' : 'read';
