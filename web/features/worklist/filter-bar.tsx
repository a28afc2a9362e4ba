import { FilterOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { SearchBox } from '../../ui/search-box.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { FilterFields, type FilterProps } from './filter-fields.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { useWorklistText } from './texts.ts';
import { countConditions } from './worklist-search.ts';

const cleared = {
  urgency: undefined,
  modality: undefined,
  facility: undefined,
  mine: undefined,
  overdue: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
};

/** Search and conditions in one line on a desk, behind a button on a phone. */
export function FilterBar({ search, set }: FilterProps) {
  const t = useWorklistText();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const count = countConditions(search, ['state', 'q']);
  const clear = (count > 0 || search.q) && (
    <Button type="link" onClick={() => set(cleared)}>
      {t('clear')}
    </Button>
  );
  const box = (
    <SearchBox value={search.q ?? ''} placeholder={t('search')} onSearch={(q) => set({ q: q || undefined })} />
  );
  if (!isNarrow)
    return (
      <div className="bar queue-filter">
        {box}
        <FilterFields search={search} set={set} />
        {clear}
      </div>
    );
  return (
    <div className="bar queue-filter">
      {box}
      <Badge count={count} size="small">
        <Button
          icon={<FilterOutlined />}
          aria-label={t('filters')}
          onClick={() => setOpen(true)}
          data-testid="open-filters"
        />
      </Badge>
      <SavedFilters search={search} set={set} />
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="auto"
        title={t('filters')}
        extra={clear}
        footer={
          <Button type="primary" block onClick={() => setOpen(false)}>
            {t('done')}
          </Button>
        }
      >
        <div className="stack">
          <FilterFields search={search} set={set} />
        </div>
      </Drawer>
    </div>
  );
}
