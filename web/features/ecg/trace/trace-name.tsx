import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { shortTime } from '../../../ui/time.ts';
import { dayTime } from '../trace-time.ts';

/** When, where and by what it was recorded. */
export function TraceName({ row }: { row: TraceRow }) {
  const names = useNames();
  return (
    <span className="ecg-name">
      <b className="num">{row.acquiredAt ? dayTime(row.acquiredAt) : shortTime(row.receivedAt)}</b>{' '}
      <span>{row.facilityName}</span> <span className="muted">{names('traceFormat', row.format)}</span>
    </span>
  );
}
