import type { FilterSetting } from '@lianzhen/ecg/signal/filter.ts';
import { filterName, highPassChoices, lowPassChoices, notchChoices } from '@lianzhen/ecg/signal/filter.ts';
import { Button, Popover, Segmented } from 'antd';
import { useEcgDesk } from '../desk.ts';
import { shownFilter } from '../source/shown-filter.ts';

/** The filter of the picture. The samples are never touched. */
export function FilterMenu() {
  const { state, say, language, recording } = useEcgDesk();
  return (
    <Popover trigger="click" placement="bottom" content={<Choices />}>
      <Button size="small" data-testid="ecg-filter" aria-label={say('filter')}>
        {filterName(shownFilter(state.look.filter, recording), language)}
      </Button>
    </Popover>
  );
}

function Choices() {
  const { say } = useEcgDesk();
  return (
    <div className="lze-filter">
      <Choice name="highPassHz" label={say('filter.highPass')} values={highPassChoices} />
      <Choice name="lowPassHz" label={say('filter.lowPass')} values={lowPassChoices} />
      <Choice name="notchHz" label={say('filter.notch')} values={notchChoices} />
    </div>
  );
}

interface ChoiceProps {
  readonly name: keyof FilterSetting;
  readonly label: string;
  readonly values: readonly number[];
}

function Choice({ name, label, values }: ChoiceProps) {
  const { state, dispatch, say } = useEcgDesk();
  const { filter } = state.look;
  const options = [{ value: 0, label: say('filter.none') }, ...values.map((hz) => ({ value: hz, label: `${hz} Hz` }))];
  return (
    <>
      <span>{label}</span>
      <Segmented<number>
        aria-label={label}
        size="small"
        options={options}
        value={filter[name] ?? 0}
        onChange={(hz) => dispatch({ kind: 'look', change: { filter: { ...filter, [name]: hz || null } } })}
      />
    </>
  );
}
