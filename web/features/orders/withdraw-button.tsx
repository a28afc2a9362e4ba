import { App, Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useOrdersText } from './texts.ts';

type Order = Outputs['orders']['read'];
const unread = new Set<Order['progress']['step']>(['waiting-for-images', 'in-quarantine', 'in-queue', 'returned']);

/** Takes a request back while nobody has begun to read it. */
export function WithdrawButton({ order }: { order: Order }) {
  const t = useOrdersText();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const withdraw = useAct('orders', 'withdraw', {
    onSuccess: () => {
      setOpen(false);
      void message.success(t('withdrawn'));
    },
  });
  if (!unread.has(order.progress.step)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="withdraw">
        {t('withdraw')}
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        title={t('withdraw')}
        note={t('withdrawNote')}
        act={t('withdraw')}
        isDangerous
        isBusy={withdraw.isPending}
        error={withdraw.error}
        onAct={(reason) => withdraw.mutate({ id: order.id, revision: order.revision, reason })}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
