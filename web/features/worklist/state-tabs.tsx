import { Tabs } from 'antd';
import { useWorklistText } from './texts.ts';
import { countShown, statesOfTab, type Tab, tabOf, tabs, type WorklistSearch } from './worklist-search.ts';

interface StateTabsProps {
  search: WorklistSearch;
  counts: Readonly<Record<string, number>> | undefined;
  /** How many of those that wait for review the person may review; undefined for who reviews nothing. */
  toReview: number | undefined;
  set: (change: WorklistSearch) => void;
}

/** Each state with how many cases of the present filter stand in it. */
export function StateTabs({ search, counts, toReview, set }: StateTabsProps) {
  const t = useWorklistText();
  return (
    <Tabs
      className="state-tabs"
      activeKey={tabOf(search) ?? ''}
      onChange={(tab) => set({ state: statesOfTab(tab as Tab) })}
      items={tabs.map((tab) => ({
        key: tab,
        label: (
          <span data-testid={`tab-${tab}`}>
            {t(tab === 'owed' ? 'tab-owed' : `state-${tab}`)}{' '}
            <span className={tab === 'rejected' && counts?.rejected ? 'tab-count tab-count-bad' : 'tab-count'}>
              {counts ? countShown(tab, counts, toReview) : ''}
            </span>
          </span>
        ),
      }))}
    />
  );
}
