import type { OrderView } from '@lianzhen/contracts/orders.ts';
import { Steps } from 'antd';
import { useLanguage } from '../../api/texts.ts';
import { Panel } from '../../ui/page.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useNow } from '../../ui/use-now.ts';
import { StepTag } from './order-state.tsx';
import { progressLines, stageOf, stages } from './progress-text.ts';
import { type OrdersKey, useOrdersText } from './texts.ts';

/** Where the request is, who has it, when it will be read at the latest, and what it waits for. */
export function ProgressPanel({ progress }: { progress: OrderView['progress'] }) {
  const t = useOrdersText();
  const language = useLanguage();
  const isNarrow = useNarrow();
  const now = useNow();
  const stage = stageOf(progress.step);
  const at = stage ? stages.indexOf(stage) : -1;
  const lines = progressLines(progress, now, language, t);
  const isLate = progress.isOverdue || (progress.dueAt !== null && Date.parse(progress.dueAt) < now.getTime());
  return (
    <Panel className="progress" title={<StepTag step={progress.step} />}>
      <div data-testid="progress" data-step={progress.step}>
        {stage && isNarrow && (
          <div className="stage-bar" aria-hidden="true">
            {stages.map((name, index) => (
              <span key={name} className={index <= at ? 'stage-done' : ''} />
            ))}
          </div>
        )}
        {stage && !isNarrow && (
          <Steps
            size="small"
            current={progress.step === 'reported' ? stages.length : at}
            status={progress.step === 'in-quarantine' ? 'error' : 'process'}
            items={stages.map((name) => ({ title: t(`step-${name}` as OrdersKey) }))}
          />
        )}
        <ul className="progress-lines">
          {lines.map((line, index) => (
            <li key={line} className={index === 0 && isLate && progress.step !== 'reported' ? 'tone-bad' : ''}>
              {line}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
