import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { Link } from '@tanstack/react-router';
import { useEcgText } from '../texts.ts';

/** A recording that was no good and the one that repeats it name each other. */
export function RepeatLinks({ row }: { row: TraceRow }) {
  const t = useEcgText();
  const { replacesTraceId, replacedByTraceId } = row;
  const link = (traceId: string, text: string, testId: string) => (
    <Link to="/ecg/$traceId" params={{ traceId }} className="ecg-repeat" data-testid={testId}>
      {text}
    </Link>
  );
  return (
    <>
      {replacedByTraceId && link(replacedByTraceId, t('replacedBy'), 'replaced-by')}
      {replacesTraceId && link(replacesTraceId, t('replaces'), 'replaces')}
    </>
  );
}
