import { DeleteOutlined, DownOutlined, StarOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { FilterProps } from './filter-fields.tsx';
import { useWorklistText } from './texts.ts';
import { WorklistSearch } from './worklist-search.ts';

/** One's own filters by name: apply, save the present one, delete. */
export function SavedFilters({ search, set }: FilterProps) {
  const t = useWorklistText();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const apply = (query: Record<string, unknown>) => {
    setOpen(false);
    // Every condition is named, so that one that is not saved goes.
    const none = Object.fromEntries(Object.keys(WorklistSearch.shape).map((key) => [key, undefined]));
    set({ ...none, ...WorklistSearch.parse(query) });
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={<FilterList search={search} apply={apply} />}
    >
      <Button icon={<StarOutlined />} aria-label={t('saved')} data-testid="saved-filters">
        {!isNarrow && (
          <>
            {t('saved')} <DownOutlined />
          </>
        )}
      </Button>
    </Popover>
  );
}

type SavedFilter = Outputs['worklist']['filters'][number];

interface FilterListProps {
  search: WorklistSearch;
  apply: (query: Record<string, unknown>) => void;
}

function FilterList({ search, apply }: FilterListProps) {
  const t = useWorklistText();
  const { message } = App.useApp();
  const filters = useQuery(ask('worklist', 'filters'));
  const [name, setName] = useState('');
  const { drop, error } = useDropFilter();
  const save = useAct('worklist', 'saveFilter', {
    onSuccess: (saved) => {
      setName('');
      void message.success(t('filterSaved', { name: saved.name }));
    },
  });
  const { page: _, ...query } = search;
  const keep = () => name.trim() && save.mutate({ name: name.trim(), query });
  return (
    <div className="saved-filters">
      {filters.data?.length === 0 && <p className="muted">{t('savedNone')}</p>}
      {filters.data?.map((filter) => (
        <div key={filter.id} className="saved-filter">
          <Button type="text" block className="saved-filter-name" onClick={() => apply(filter.query)}>
            {filter.name}
          </Button>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeFilter', { name: filter.name })}
            onClick={() => drop(filter)}
          />
        </div>
      ))}
      {filters.error && <Failure error={filters.error} onRetry={() => void filters.refetch()} />}
      <Space.Compact block>
        <Input
          value={name}
          maxLength={40}
          placeholder={t('saveAs')}
          aria-label={t('saveAs')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={keep}
        />
        <Button onClick={keep} disabled={!name.trim()} loading={save.isPending}>
          {t('save')}
        </Button>
      </Space.Compact>
      {(save.error ?? error) && <Failure error={save.error ?? error} />}
    </div>
  );
}

/** Deletes a filter at once; a slip is undone by saving it again. */
function useDropFilter() {
  const t = useWorklistText();
  const { message } = App.useApp();
  const save = useAct('worklist', 'saveFilter');
  const remove = useAct('worklist', 'removeFilter');
  const tell = ({ id, name, query }: SavedFilter) => {
    const key = `filter-${id}`;
    const undo = () => {
      message.destroy(key);
      save.mutate({ name, query });
    };
    const content = (
      <>
        {t('filterRemoved', { name })}{' '}
        <Button size="small" type="link" onClick={undo}>
          {t('undo')}
        </Button>
      </>
    );
    void message.open({ key, type: 'info', content, duration: 8 });
  };
  const drop = (filter: SavedFilter) => remove.mutate({ id: filter.id }, { onSuccess: () => tell(filter) });
  return { drop, error: remove.error ?? save.error };
}
