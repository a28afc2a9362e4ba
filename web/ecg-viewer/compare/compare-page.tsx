import { Segmented, Spin } from 'antd';
import { useEcgDesk } from '../desk.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import type { Comparison } from '../state.ts';
import { DifferenceTable } from './difference-table.tsx';
import { MedianGrid } from './median-grid.tsx';
import { useComparison } from './use-comparison.ts';
import type { Earlier, ReadyEarlier } from './use-earlier.ts';

interface ComparePageProps {
  readonly measuring: Measuring;
  readonly earlier: Earlier;
}

/** The present trace against an earlier one: median beats on each other, and what has changed. */
export function ComparePage({ measuring, earlier }: ComparePageProps) {
  const { say } = useEcgDesk();
  if (earlier.state === 'none') return <p className="lze-hint">{say('noEarlier')}</p>;
  if (earlier.state === 'failed') return <p role="alert">{say('earlierFailed')}</p>;
  if (earlier.state === 'loading') return <Spin description={say('loading')} />;
  return <Compared measuring={measuring} earlier={earlier} />;
}

function Compared({ measuring, earlier }: { readonly measuring: Measuring; readonly earlier: ReadyEarlier }) {
  const { say, state, dispatch } = useEcgDesk();
  const found = useComparison(measuring, earlier);
  return (
    <section className="lze-section" data-testid="ecg-compare">
      <Segmented<Comparison>
        aria-label={say('comparison')}
        size="small"
        value={state.comparison === 'off' ? 'over' : state.comparison}
        options={(['over', 'beside'] as const).map((value) => ({ value, label: say(value) }))}
        onChange={(comparison) => dispatch({ kind: 'show', change: { comparison } })}
      />
      <p className="lze-legend">
        <i className="lze-ink-present" /> {say('present')}
        <i className="lze-ink-earlier" /> {say('earlier')} {earlier.meta.acquiredAt?.replace('T', ' ').slice(0, 16)}
      </p>
      {found ? (
        <>
          {found.leads.length > 0 && (
            <>
              <MedianGrid comparison={found} isBeside={state.comparison === 'beside'} />
              <p className="lze-hint">{say('alignedOn')}</p>
            </>
          )}
          <DifferenceTable rows={found.rows} />
        </>
      ) : (
        <p className="lze-hint">{say(measuring.isMeasuring ? 'measuring' : 'cannotMeasure')}</p>
      )}
    </section>
  );
}
