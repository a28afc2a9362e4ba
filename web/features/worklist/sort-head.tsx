import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { useWorklistText } from './texts.ts';
import type { SortKey, WorklistSearch } from './worklist-search.ts';

interface SortHeadProps {
  by: SortKey;
  label: string;
  search: WorklistSearch;
  set: (change: WorklistSearch) => void;
}

/** A column's name that sorts the whole queue at the hub, not only the page: once upwards, once downwards. */
export function SortHead({ by, label, search, set }: SortHeadProps) {
  const t = useWorklistText();
  const isOn = (search.sort ?? 'priority') === by;
  const isDown = isOn && search.direction === 'desc';
  const sort = () => set({ sort: by === 'priority' ? undefined : by, direction: isOn && !isDown ? 'desc' : undefined });
  return (
    <button
      type="button"
      className={isOn ? 'sort-head sort-on' : 'sort-head'}
      aria-pressed={isOn}
      title={t('sortBy', { what: label })}
      onClick={sort}
      data-sort={by}
    >
      {label}
      {isOn && (isDown ? <CaretDownFilled /> : <CaretUpFilled />)}
    </button>
  );
}
