import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { traceOriginal } from '../../api/documents.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ageText } from '../../ui/time.ts';
import { useTraceView } from './desk/use-case-traces.ts';
import { TimesPanel } from './green-channel/times-panel.tsx';
import { TraceAnswer } from './send/trace-answer.tsx';
import { useEcgText } from './texts.ts';
import { QualityTags } from './trace/quality-tags.tsx';
import { RepeatAct } from './trace/repeat-act.tsx';
import { RepeatLinks } from './trace/repeat-links.tsx';
import { TraceName } from './trace/trace-name.tsx';
import { TraceViewer } from './trace/trace-viewer.tsx';
import './ecg.css';

/** One trace over the whole page, with what the hub says of it beside it. */
export function TraceScreen() {
  const { traceId } = useParams({ from: '/ecg/$traceId' });
  const t = useEcgText();
  const may = useMay();
  const names = useNames();
  const language = useLanguage();
  const navigate = useNavigate();
  const query = useTraceView(traceId);
  const [isOpen, setOpen] = useState(false);
  const repeat = (orderId: string | null) =>
    void navigate({ to: '/ecg', search: { replaces: traceId, order: orderId ?? undefined } });
  return (
    <div className="ecg-trace-page" data-testid="trace-page">
      <Loaded query={query}>
        {(view) => (
          <>
            <header className="ecg-trace-head">
              <h1>{view.patient?.name ?? t('unknownPatient')}</h1>
              {view.patient && (
                <span className="muted">
                  {names('sex', view.patient.sex)} {ageText(view.patient.birthDate, language)}
                </span>
              )}
              <TraceName row={view} />
              <QualityTags row={view} />
              <RepeatLinks row={view} />
              <span className="ecg-space" />
              <a href={traceOriginal(view.id)} download>
                {t('original')}
              </a>
              <RepeatAct row={view} />
              <Button size="small" onClick={() => setOpen(true)} data-testid="trace-about">
                {t('about')}
              </Button>
            </header>
            <TraceViewer view={view} mode={may('trace:measure') ? 'consult' : 'glance'} />
            <Drawer open={isOpen} onClose={() => setOpen(false)} size={520} title={t('about')}>
              <TraceAnswer view={view} onRepeat={may('study:send') ? () => repeat(view.orderId) : undefined} />
              {view.orderId && <TimesPanel orderId={view.orderId} />}
            </Drawer>
          </>
        )}
      </Loaded>
    </div>
  );
}
