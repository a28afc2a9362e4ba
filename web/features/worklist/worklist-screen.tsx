import { StepForwardOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { isReviewer } from './claim-rules.ts';
import { FilterBar } from './filter-bar.tsx';
import { Queue } from './queue.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { StateTabs } from './state-tabs.tsx';
import { useWorklistText } from './texts.ts';
import { useNextCase } from './use-next-case.ts';
import { useReader } from './use-reader.ts';
import { listQueryOf, type WorklistSearch } from './worklist-search.ts';
import './worklist.css';

const pageSize = 50;

/** The queue of one's centres: what is urgent and due first, changing by itself. */
export function WorklistScreen() {
  const t = useWorklistText();
  const search = useSearch({ from: '/worklist' });
  const navigate = useNavigate();
  const me = useReader();
  const { mayClaim } = me;
  const reviews = isReviewer(me);
  const isNarrow = useNarrow();
  const set = (change: WorklistSearch) =>
    void navigate({ to: '/worklist', search: { ...search, page: undefined, ...change }, replace: true });
  const page = search.page ?? 1;
  const list = useQuery({
    ...ask('worklist', 'list', { ...listQueryOf(search, reviews), page, pageSize }),
    placeholderData: keepPreviousData,
  });
  const { next, isPending } = useNextCase(search);
  useKeys(mayClaim ? { n: next } : {});
  return (
    <Page
      title={t('title')}
      actions={
        mayClaim && (
          <Button
            type="primary"
            icon={<StepForwardOutlined />}
            loading={isPending}
            onClick={next}
            data-testid="next-case"
          >
            {t('next')} <kbd>n</kbd>
          </Button>
        )
      }
    >
      <div className="queue-head">
        <StateTabs
          search={search}
          counts={list.data?.counts}
          toReview={reviews ? list.data?.toReview : undefined}
          set={set}
        />
        {!isNarrow && <SavedFilters search={search} set={set} />}
      </div>
      <FilterBar search={search} set={set} />
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {(list.data || !list.error) && (
        <Queue data={list.data} isOld={list.isPlaceholderData} search={search} set={set} pageSize={pageSize} />
      )}
    </Page>
  );
}
