import { QuarantineState } from '@lianzhen/contracts/imaging.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Pagination, Segmented } from 'antd';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import type { ImagingSearch } from './imaging-search.ts';
import { QuarantineItem } from './quarantine-item.tsx';
import { useImagingText } from './texts.ts';
import './imaging.css';

const pageSize = 20;

/** What a person must decide, the longest wait first, and what was decided, the newest first: both sides of each on screen. */
export function QuarantineList({ search, set }: { search: ImagingSearch; set: (change: ImagingSearch) => void }) {
  const t = useImagingText();
  const page = search.page ?? 1;
  const state = search.decided ?? 'open';
  const found = useQuery({
    ...ask('imaging', 'quarantine', { page, pageSize, state }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Segmented
        aria-label={t('state')}
        className="imaging-filter"
        value={state}
        onChange={(decided) => set({ decided: decided === 'open' ? undefined : decided })}
        options={QuarantineState.options.map((value) => ({ value, label: t(value) }))}
      />
      <Loaded query={found}>
        {({ rows, total }) => (
          <>
            {rows.length === 0 && <Nothing text={t('no-quarantine')} />}
            {rows.map((item) => (
              <QuarantineItem key={item.id} item={item} />
            ))}
            {total > pageSize && (
              <Pagination
                current={page}
                pageSize={pageSize}
                total={total}
                showSizeChanger={false}
                onChange={(next) => set({ page: next })}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
