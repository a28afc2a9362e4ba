import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { useEcgDesk } from '../desk.ts';
import { numberRows, numberText } from '../panels/number-rows.ts';

interface DifferenceTableProps {
  readonly present: EcgMeasurements;
  readonly earlier: EcgMeasurements;
}

/** Number by number: then, now and the difference; a number that one of them lacks has none. */
export function DifferenceTable({ present, earlier }: DifferenceTableProps) {
  const { say } = useEcgDesk();
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
        {numberRows.map((row) => {
          const [now, then] = [row.of(present), row.of(earlier)];
          const by = now === null || then === null ? null : row.unit === '°' ? turn(now - then) : now - then;
          return (
            <tr key={row.text}>
              <th title={row.full}>
                {say(row.text)} <small>{row.unit === 'bpm' ? say('perMinute') : row.unit}</small>
              </th>
              <td>{numberText(then)}</td>
              <td>{numberText(now)}</td>
              <td>{by !== null && by > 0 ? `+${numberText(by)}` : numberText(by)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The shorter way round: from −170° to 170° are 20°. */
const turn = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;
