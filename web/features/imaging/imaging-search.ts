import type { Action } from '@lianzhen/contracts/access.ts';
import { QuarantineState } from '@lianzhen/contracts/imaging.ts';
import { z } from 'zod';

const Tab = z.enum(['quarantine', 'studies', 'upload']);
type Tab = z.infer<typeof Tab>;

/** What the address of the page remembers. */
export const ImagingSearch = z.object({
  tab: Tab.optional().catch(undefined),
  page: z.number().int().min(1).optional().catch(undefined),
  q: z.string().max(64).optional().catch(undefined),
  state: z.enum(['receiving', 'unmatched', 'quarantined', 'matched', 'rejected']).optional().catch(undefined),
  decided: QuarantineState.optional().catch(undefined),
});
export type ImagingSearch = z.infer<typeof ImagingSearch>;

/** The parts of the page that the session may use: a requesting doctor sends and attaches, and checks no identities. */
export const imagingTabs = (may: (action: Action) => boolean): Tab[] => [
  ...(may('quarantine:decide') ? (['quarantine'] as const) : []),
  ...(may('study:read') ? (['studies'] as const) : []),
  ...(may('study:send') ? (['upload'] as const) : []),
];

/** What the address asks for, where one may see it; else the first part. */
export const shownTab = (asked: Tab | undefined, tabs: readonly Tab[]): Tab =>
  asked && tabs.includes(asked) ? asked : (tabs[0] ?? 'studies');
