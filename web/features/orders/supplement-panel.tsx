import { App, Button, Input } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { useKeptText } from '../../ui/use-kept-text.ts';
import { useOrdersText } from './texts.ts';

type Order = Outputs['orders']['read'];

/** What was added after sending, and a place to add more while it can still be read. */
export function SupplementPanel({ order }: { order: Order }) {
  const t = useOrdersText();
  const may = useMay();
  const { message } = App.useApp();
  const [text, setText] = useKeptText(`supplement.${order.id}`);
  const add = useAct('orders', 'supplement', {
    onSuccess: () => {
      setText('');
      void message.success(t('supplemented'));
    },
  });
  const isOpen = (order.state === 'submitted' || order.state === 'returned') && may('order:supplement');
  if (!isOpen && !order.supplements.length) return null;
  return (
    <Panel title={t('supplements')}>
      <div className="stack">
        {order.supplements.map((supplement) => (
          <div key={supplement.id}>
            <span className="muted num">
              {shortTime(supplement.at)} {supplement.byName}
            </span>
            <div className="keep-lines">{supplement.text}</div>
          </div>
        ))}
        {isOpen && (
          <>
            <Input.TextArea
              data-testid="supplement-text"
              aria-label={t('supplement')}
              placeholder={t('supplementPlaceholder')}
              autoSize={{ minRows: 2, maxRows: 10 }}
              maxLength={4000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            {add.error && <Failure error={add.error} />}
            <div>
              <Button
                data-testid="send-supplement"
                type={order.state === 'returned' ? 'primary' : 'default'}
                disabled={!text.trim()}
                loading={add.isPending}
                onClick={() => add.mutate({ id: order.id, text })}
              >
                {t('sendSupplement')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}
