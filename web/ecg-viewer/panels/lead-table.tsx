import type { EcgMeasurements, LeadMeasurement } from '@lianzhen/contracts/ecg-measurements.ts';
import { useEcgDesk } from '../desk.ts';

const columns = [
  'pUv',
  'qUv',
  'rUv',
  'sUv',
  'jUv',
  'stMidUv',
  'tUv',
] as const satisfies readonly (keyof LeadMeasurement)[];

/** Amplitudes lead by lead. */
export function LeadTable({ measurements }: { readonly measurements: EcgMeasurements | null }) {
  const { say, state, dispatch } = useEcgDesk();
  if (!measurements) return <p className="lze-hint">{say('cannotMeasure')}</p>;
  return (
    <section className="lze-section">
      <table className="lze-table" data-testid="ecg-leads">
        <thead>
          <tr>
            <th>{say('lead')}</th>
            {columns.map((column) => (
              <th key={column}>{say(`table.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measurements.leads.map((lead) => (
            <tr key={lead.code} className={lead.code === state.look.lead ? 'lze-chosen' : undefined}>
              <th>
                <button
                  type="button"
                  className="lze-plain"
                  onClick={() => dispatch({ kind: 'look', change: { lead: lead.code } })}
                >
                  {lead.code}
                </button>
              </th>
              {columns.map((column) => (
                <td key={column}>{lead[column] === null ? '' : Math.round(lead[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="lze-hint">{say('tableUnit')}</p>
    </section>
  );
}
