import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { pickTraces } from './desk/pick-traces.ts';
import { useTraceView } from './desk/use-case-traces.ts';
import { useEcgText } from './texts.ts';
import { QualityTags } from './trace/quality-tags.tsx';
import { TraceChoice } from './trace/trace-choice.tsx';
import { TraceViewer } from './trace/trace-viewer.tsx';
import './ecg.css';

/** The recordings of a request, one at a time, for whoever has a part in it. */
export function OrderViewer({ orderId }: { orderId: string }) {
  const t = useEcgText();
  const may = useMay();
  const traces = useQuery(ask('ecg', 'list', { orderId, pageSize: 50 }));
  const [chosen, choose] = useState<string>();
  const rows = traces.data?.rows ?? [];
  const { shown } = pickTraces(rows, [], chosen === undefined ? {} : { traceId: chosen });
  const view = useTraceView(shown?.id);
  return (
    <Loaded query={traces}>
      {() =>
        shown ? (
          <div className="ecg-desk">
            <div className="ecg-bar">
              <TraceChoice rows={rows} shown={shown} onChoose={choose} />
              <QualityTags row={shown} />
            </div>
            <Loaded query={view}>
              {(data) => <TraceViewer view={data} mode={may('trace:measure') ? 'consult' : 'glance'} />}
            </Loaded>
          </div>
        ) : (
          <Nothing text={t('noTraces')}>{t('noTracesNote')}</Nothing>
        )
      }
    </Loaded>
  );
}
