import { DeleteOutlined } from '@ant-design/icons';
import { caliperText } from '@lianzhen/ecg/sheet/caliper-values.ts';
import { Button } from 'antd';
import { useEcgDesk } from '../desk.ts';
import { OtherCalipers } from './other-calipers.tsx';

/** The calipers as a list: to choose one that is not in view, to read them one by one. */
export function CaliperList() {
  const { state, dispatch, say, clock, recording, company } = useEcgDesk();
  const { calipers, selected } = state;
  return (
    <section className="lze-section">
      <h4>{say('calipers')}</h4>
      {calipers.length === 0 && <p className="lze-hint">{say('noCalipers')}</p>}
      <ul className="lze-calipers" data-testid="ecg-calipers">
        {calipers.map((caliper) => (
          <li key={caliper.id} className={caliper.id === selected?.id ? 'lze-chosen' : undefined}>
            <button
              type="button"
              className="lze-plain"
              onClick={() => {
                dispatch({ kind: 'select', id: caliper.id, end: 'to' });
                const shown = recording.durationMs - clock.lastMs;
                const isInView = caliper.fromMs >= clock.startMs && caliper.fromMs <= clock.startMs + shown;
                if (!isInView) clock.scrollTo(caliper.fromMs - shown / 4);
              }}
            >
              <span>{say(`caliper.${caliper.kind}`)}</span>
              <span>{caliper.lead}</span>
              <b>{caliperText(caliper)}</b>
            </button>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={say('removeCaliper')}
              onClick={() => {
                dispatch({ kind: 'select', id: caliper.id });
                dispatch({ kind: 'remove' });
              }}
            />
          </li>
        ))}
      </ul>
      {company && <OtherCalipers company={company} />}
    </section>
  );
}
