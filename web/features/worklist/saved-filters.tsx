import { DeleteOutlined, DownOutlined, StarOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
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

interface FilterListProps {
  search: WorklistSearch;
  apply: (query: Record<string, unknown>) => void;
}

function FilterList({ search, apply }: FilterListProps) {
  const t = useWorklistText();
  const { message } = App.useApp();
  const filters = useQuery(ask('worklist', 'filters'));
  const [name, setName] = useState('');
  const save = useAct('worklist', 'saveFilter', {
    onSuccess: (saved) => {
      setName('');
      void message.success(t('filterSaved', { name: saved.name }));
    },
  });
  const remove = useAct('worklist', 'removeFilter');
  const { page: _, ...query } = search;
  const keep = () => name.trim() && save.mutate({ name: name.trim(), query });
  const drop = ({ id, name: dropped, query: old }: { id: string; name: string; query: Record<string, unknown> }) =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          const key = `filter-${id}`;
          const undo = () => {
            message.destroy(key);
            save.mutate({ name: dropped, query: old });
          };
          const text = (
            <>
              {t('filterRemoved', { name: dropped })}{' '}
              <Button size="small" type="link" onClick={undo}>
                {t('undo')}
              </Button>
            </>
          );
          void message.open({ key, type: 'info', content: text, duration: 8 });
        },
      },
    );
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
      {(save.error || remove.error) && <Failure error={save.error ?? remove.error} />}
    </div>
  );
}
