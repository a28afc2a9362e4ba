import { Button, Spin } from 'antd';
import { useEcgDesk } from '../desk.ts';
import { measuredMs } from '../measuring/measure-source.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import { type NumberRow, numberRows, numberText } from './number-rows.ts';

interface NumbersTableProps {
  readonly measuring: Measuring;
  readonly onSave: () => void;
}

/** The numbers of the trace, and whose they are. */
export function NumbersTable({ measuring, onSave }: NumbersTableProps) {
  const { say, author, traits, recording } = useEcgDesk();
  const { measurements, by, isChanged, isMeasuring } = measuring;
  if (isMeasuring && !measurements) return <Spin description={say('measuring')} />;
  // A single beat, or a curve in which nothing was found: a table of dashes measures nothing.
  const isEmpty = measurements === null || numberRows.every((row) => row.of(measurements) === null);
  const unitOf = ({ unit }: NumberRow) => (unit === 'bpm' ? say('perMinute') : unit);
  const whose = isChanged
    ? say('changedBy', { name: author || say('noAuthor') })
    : by === null
      ? say('automatic')
      : say('measuredBy', { name: by });
  return (
    <section className="lze-section">
      {measurements && !isEmpty ? (
        <>
          <p className={by === null && !isChanged ? 'lze-proposal' : 'lze-by'} data-testid="ecg-measured-by">
            {whose}
            {by === null && recording.durationMs > measuredMs && say('measuredPart', { seconds: measuredMs / 1000 })}
          </p>
          <dl className="lze-numbers" data-testid="ecg-numbers">
            {numberRows.map((row) => (
              <div key={row.text} data-number={row.text}>
                <dt title={row.full}>{say(row.text)}</dt>
                <dd>
                  <b>{numberText(row.of(measurements))}</b> <small>{unitOf(row)}</small>
                </dd>
              </div>
            ))}
            <div data-number="rrRange">
              <dt>{say('rrRange')}</dt>
              <dd>
                <b>
                  {numberText(measurements.rrMinMs)}–{numberText(measurements.rrMaxMs)}
                </b>{' '}
                <small>ms</small>
              </dd>
            </div>
          </dl>
        </>
      ) : (
        <p className="lze-hint">{say(measuring.hasFailed ? 'samplesFailed' : 'cannotMeasure')}</p>
      )}
      {measuring.problem !== null && <p role="alert">{measuring.problem}</p>}
      {traits.canMeasure && (
        <div className="lze-acts">
          {measuring.canSave && (
            <Button size="small" type="primary" onClick={onSave} loading={measuring.isSaving} data-testid="ecg-save">
              {say('save')}
            </Button>
          )}
          <Button size="small" disabled={!measuring.canRestore} onClick={measuring.restore}>
            {say('restore')}
          </Button>
        </div>
      )}
    </section>
  );
}
