import type { ComparisonRow } from '@lianzhen/ecg/signal/compare-traces.ts';
import { useEcgDesk } from '../desk.ts';
import { numberText } from '../panels/number-rows.ts';
import { sayCode } from '../texts.ts';

const units: Readonly<Record<ComparisonRow['unit'], string>> = { ms: 'ms', uV: 'µV', bpm: '', deg: '°' };

/** Then, now and the difference. Of single leads only those that have changed: six numbers of twelve leads are read by nobody. */
export function DifferenceTable({ rows }: { readonly rows: readonly ComparisonRow[] }) {
  const { say } = useEcgDesk();
  const shown = rows.filter(({ lead, isNotable }) => lead === null || isNotable);
  return (
    <table className="lze-table" data-testid="ecg-differences">
      <thead>
        <tr>
          <th />
          <th>{say('earlier')}</th>
          <th>{say('present')}</th>
          <th>{say('difference')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ measure, lead, before, after, difference, unit, isNotable }) => (
          <tr key={`${lead} ${measure}`} className={isNotable ? 'lze-notable' : undefined} data-notable={isNotable}>
            <th>
              {lead} {sayCode(say, 'measure', measure)} <small>{unit === 'bpm' ? say('perMinute') : units[unit]}</small>
            </th>
            <td>{numberText(before)}</td>
            <td>{numberText(after)}</td>
            <td>{difference !== null && difference > 0 ? `+${numberText(difference)}` : numberText(difference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
