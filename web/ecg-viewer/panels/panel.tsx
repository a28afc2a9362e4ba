import { Segmented } from 'antd';
import { ComparePage } from '../compare/compare-page.tsx';
import type { Earlier } from '../compare/use-earlier.ts';
import { useEcgDesk } from '../desk.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import type { PanelPage } from '../state.ts';
import { CaliperList } from './caliper-list.tsx';
import { LeadTable } from './lead-table.tsx';
import { MedianBeat } from './median-beat.tsx';
import { NumbersTable } from './numbers-table.tsx';

interface PanelProps {
  readonly measuring: Measuring;
  readonly earlier: Earlier;
  readonly onSave: () => void;
}

/** What is measured, beside the picture: below it on a phone. */
export function Panel({ measuring, earlier, onSave }: PanelProps) {
  const { state, dispatch, say, traits, meta } = useEcgDesk();
  const pages: { value: PanelPage; label: string }[] = [
    { value: 'numbers', label: say('numbers') },
    { value: 'leads', label: say('leadTable') },
    ...(traits.canCompare ? [{ value: 'compare' as const, label: say('comparison') }] : []),
  ];
  return (
    <aside className="lze-panel" aria-label={say('panel')} data-testid="ecg-panel">
      <Segmented<PanelPage>
        aria-label={say('panel')}
        block
        size="small"
        options={pages}
        value={state.page}
        onChange={(page) => dispatch({ kind: 'show', change: { page } })}
      />
      {state.page === 'numbers' && (
        <>
          <NumbersTable measuring={measuring} onSave={onSave} />
          <MedianBeat measuring={measuring} />
          <CaliperList />
          {meta.statements.length > 0 && (
            <details open>
              <summary>{say('deviceSays')}</summary>
              {meta.statements.slice(0, 40).map((statement, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the recorder's lines, in their order.
                <p key={i} className="lze-statement">
                  {statement}
                </p>
              ))}
            </details>
          )}
        </>
      )}
      {state.page === 'leads' && <LeadTable measurements={measuring.measurements} />}
      {state.page === 'compare' && <ComparePage measuring={measuring} earlier={earlier} />}
    </aside>
  );
}
