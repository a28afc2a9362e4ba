import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWorklistText } from './texts.ts';
import type { Kase } from './use-open-case.ts';

/** Takes a case out of somebody's hands, with a reason that stays in its history. */
export function TakeOver({ kase, onTaken }: { kase: Kase; onTaken: (kase: Kase) => void }) {
  const t = useWorklistText();
  const [isOpen, setOpen] = useState(false);
  const act = useAct('worklist', 'takeOver', {
    onSuccess: (taken) => {
      setOpen(false);
      onTaken(taken);
    },
  });
  return (
    <>
      <Button size="small" danger onClick={() => setOpen(true)} data-testid="take-over">
        {t('takeOver')}
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        title={t('takeOverTitle', { name: kase.holder?.name ?? '' })}
        note={t('takeOverNote')}
        act={t('takeOver')}
        isDangerous
        isBusy={act.isPending}
        error={act.error}
        onAct={(reason) => act.mutate({ id: kase.id, reason })}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
