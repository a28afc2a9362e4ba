import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { Select } from 'antd';
import { leaveField } from '../../../ui/leave-field.ts';
import { useEcgText } from '../texts.ts';
import { TraceName } from './trace-name.tsx';

interface TraceChoiceProps {
  rows: readonly TraceRow[];
  shown: TraceRow;
  onChoose: (traceId: string) => void;
}

/** Which recording is shown: a choice where there are several, its name where there is one. */
export function TraceChoice({ rows, shown, onChoose }: TraceChoiceProps) {
  const t = useEcgText();
  if (rows.length <= 1)
    return (
      <span className="ecg-one">
        <TraceName row={shown} />
      </span>
    );
  return (
    <Select
      size="small"
      className="ecg-choice"
      aria-label={t('trace')}
      popupMatchSelectWidth={false}
      value={shown.id}
      options={rows.map((row) => ({ value: row.id, label: <TraceName row={row} /> }))}
      onChange={onChoose}
      onSelect={leaveField}
      data-testid="trace-choice"
    />
  );
}
