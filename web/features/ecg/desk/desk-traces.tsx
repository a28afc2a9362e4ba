import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { Alert, Select, Skeleton } from 'antd';
import { useEffect } from 'react';
import type { Outputs } from '../../../api/client.ts';
import { Failure } from '../../../ui/failure.tsx';
import { leaveField } from '../../../ui/leave-field.ts';
import { Nothing } from '../../../ui/nothing.tsx';
import { useEcgText } from '../texts.ts';
import { HitLine } from '../trace/hit-line.tsx';
import { QualityTags } from '../trace/quality-tags.tsx';
import { RepeatAct } from '../trace/repeat-act.tsx';
import { repeatable } from '../trace/repeatable.ts';
import { TraceChoice } from '../trace/trace-choice.tsx';
import { TraceName } from '../trace/trace-name.tsx';
import { TraceViewer } from '../trace/trace-viewer.tsx';
import { useCaseTraces } from './use-case-traces.ts';
import '../ecg.css';

/** What the desk gives to the part that shows electrocardiograms. */
interface DeskTracesProps {
  kase: Outputs['worklist']['read'];
  isReview: boolean;
  hold: { token: string; purpose: 'read' | 'review' } | null;
  /** A prior study that is wished beside it. */
  beside: string | undefined;
  onEndBeside: () => void;
}
type Desk = ReturnType<typeof useCaseTraces>;

/** The traces of the case on the desk: the one that is read, and an earlier one to compare it with. */
export function DeskTraces({ kase, isReview, beside, onEndBeside }: DeskTracesProps) {
  const t = useEcgText();
  const desk = useCaseTraces(kase);
  const { ofCase, shown, view, earlierView, others, choose } = desk;
  const wished = beside === undefined ? undefined : others.find((row) => row.studyInstanceUid === beside);
  const wishedId = wished?.id;
  useEffect(() => {
    if (wishedId) choose({ earlierId: wishedId });
  }, [wishedId, choose]);
  if (!ofCase.data)
    return ofCase.error ? (
      <Failure error={ofCase.error} what={t('traces')} onRetry={() => void ofCase.refetch()} />
    ) : (
      <Skeleton active className="ecg-waiting" paragraph={{ rows: 8 }} />
    );
  if (!shown)
    return (
      <div className="ecg-desk">
        <Nothing text={t('noTraces')}>{t('noTracesNote')}</Nothing>
      </div>
    );
  return (
    <div className="ecg-desk" data-testid="ecg-desk" data-trace-id={shown.id}>
      <TraceBar desk={desk} shown={shown} />
      <HitLine hits={shown.critical} />
      {beside !== undefined && !wished && (
        <Alert banner closable={{ onClose: onEndBeside }} type="info" title={t('besideNoTrace')} />
      )}
      {view.error && <Failure error={view.error} what={t('trace')} onRetry={() => void view.refetch()} />}
      {view.data ? (
        <TraceViewer view={view.data} earlier={earlierView.data} mode={isReview ? 'review' : 'read'} />
      ) : (
        !view.error && <Skeleton active className="ecg-waiting" paragraph={{ rows: 8 }} />
      )}
    </div>
  );
}

/** Which trace is read, how good it is, what it repeats, and which one it is compared with. */
function TraceBar({ desk, shown }: { desk: Desk; shown: TraceRow }) {
  const t = useEcgText();
  const { rows, others, earlier, choose } = desk;
  const option = (row: TraceRow) => ({ value: row.id, label: <TraceName row={row} /> });
  return (
    <div className="ecg-bar">
      <TraceChoice rows={rows} shown={shown} onChoose={(traceId) => choose({ traceId })} />
      <QualityTags row={shown} />
      <RepeatChain rows={rows} shown={shown} onShow={(traceId) => choose({ traceId })} />
      {repeatable(shown, rows).length > 0 && <RepeatAct row={shown} />}
      <span className="ecg-space" />
      <span className="ecg-compare">
        <span className="muted">{t('compareWith')}</span>
        <Select
          size="small"
          className="ecg-choice"
          allowClear
          aria-label={t('compareWith')}
          popupMatchSelectWidth={false}
          placeholder={t(others.length > 0 ? 'noneChosen' : 'noEarlier')}
          disabled={others.length === 0}
          value={earlier?.id ?? null}
          options={others.map(option)}
          onChange={(earlierId: string | undefined) => choose({ earlierId: earlierId ?? null })}
          onSelect={leaveField}
          data-testid="earlier-choice"
        />
      </span>
    </div>
  );
}

interface RepeatChainProps {
  rows: readonly TraceRow[];
  shown: TraceRow;
  onShow: (traceId: string) => void;
}

/** A recording that was no good and the one that repeats it name each other. */
function RepeatChain({ rows, shown, onShow }: RepeatChainProps) {
  const t = useEcgText();
  const { replacesTraceId, replacedByTraceId } = shown;
  const button = (id: string, text: string) => (
    <button type="button" className="ecg-link" onClick={() => onShow(id)} disabled={!rows.some((row) => row.id === id)}>
      {text}
    </button>
  );
  return (
    <>
      {replacedByTraceId && button(replacedByTraceId, t('replacedBy'))}
      {replacesTraceId && button(replacesTraceId, t('replaces'))}
    </>
  );
}
