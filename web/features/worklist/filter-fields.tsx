import { useQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { ask } from '../../api/queries.ts';
import { useOptions } from '../../api/vocabulary.ts';
import { useWorklistText } from './texts.ts';
import type { WorklistSearch } from './worklist-search.ts';

export interface FilterProps {
  search: WorklistSearch;
  set: (change: WorklistSearch) => void;
}

/** What an imaging centre is sent; anything else is found by the text search. */
const modalities = ['DX', 'CR', 'CT', 'MR', 'US', 'MG', 'RF', 'XA', 'NM', 'PT'];
const orNothing = <T,>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined);

/** The conditions that narrow the queue, each at once in the address. */
export function FilterFields({ search, set }: FilterProps) {
  const t = useWorklistText();
  const urgencies = useOptions('urgency') as { value: NonNullable<WorklistSearch['urgency']>[number]; label: string }[];
  const facilities = useQuery({ ...ask('facilities', 'list'), staleTime: 600_000 });
  return (
    <>
      <Select
        mode="multiple"
        className="filter-field"
        maxTagCount="responsive"
        allowClear
        showSearch={false}
        placeholder={t('urgency')}
        aria-label={t('urgency')}
        value={search.urgency ?? []}
        options={urgencies}
        onChange={(values) => set({ urgency: orNothing(values) })}
      />
      <Select
        mode="multiple"
        className="filter-field"
        maxTagCount="responsive"
        allowClear
        placeholder={t('modality')}
        aria-label={t('modality')}
        value={search.modality ?? []}
        options={modalities.map((value) => ({ value, label: value }))}
        onChange={(values) => set({ modality: orNothing(values) })}
      />
      <Select
        className="filter-field filter-facility"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('facility')}
        aria-label={t('facility')}
        value={search.facility ?? null}
        loading={facilities.isPending}
        options={(facilities.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(facility: string | undefined) => set({ facility })}
      />
      <DatePicker.RangePicker
        className="filter-dates"
        allowEmpty
        aria-label={t('dates')}
        placeholder={[t('dateFrom'), t('dateTo')]}
        value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
        onChange={(range) => set({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })}
      />
      <Checkbox checked={search.mine ?? false} onChange={(event) => set({ mine: event.target.checked || undefined })}>
        {t('mine')}
      </Checkbox>
      <Checkbox
        checked={search.overdue ?? false}
        onChange={(event) => set({ overdue: event.target.checked || undefined })}
      >
        {t('overdue')}
      </Checkbox>
    </>
  );
}
