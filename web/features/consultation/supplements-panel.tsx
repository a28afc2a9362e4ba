import { Alert, App, Button, Input } from 'antd';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { useKeptText } from '../../ui/use-kept-text.ts';
import type { Consultation } from './consultation.ts';
import { useConsultationText } from './texts.ts';

/** What was asked for in addition, what has been added, and the place to add to it. */
export function SupplementsPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const { message } = App.useApp();
  const [text, setText] = useKeptText(`supplement.${kase.id}`);
  const act = useAct('consultation', 'supplement', {
    onSuccess: () => {
      setText('');
      void message.success(t('supplemented'));
    },
  });
  const mayAdd = kase.acts.includes('supplement');
  if (!mayAdd && kase.supplements.length === 0 && !kase.supplementAsked) return null;
  return (
    <Panel title={t('supplements')}>
      {kase.supplementAsked && (
        <Alert
          className="notice"
          type={kase.state === 'supplement-asked' ? 'warning' : 'info'}
          showIcon
          title={t('supplementWanted', { text: kase.supplementAsked })}
        />
      )}
      {kase.supplements.map((supplement) => (
        <div key={supplement.id} className="supplement">
          <p className="keep-lines">{supplement.text}</p>
          <span className="muted">
            {supplement.byName} · {shortTime(supplement.at)}
          </span>
        </div>
      ))}
      {mayAdd && (
        <div className="stack">
          <Input.TextArea
            aria-label={t('supplementText')}
            placeholder={t('supplementText')}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={4000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="supplement-text"
          />
          {act.error && <Failure error={act.error} />}
          <div>
            <Button
              loading={act.isPending}
              disabled={!text.trim()}
              onClick={() => act.mutate({ id: kase.id, text })}
              data-testid="send-supplement"
            >
              {t('sendSupplement')}
            </Button>
          </div>
        </div>
      )}
    </Panel>
  );
}
