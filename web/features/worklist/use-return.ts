import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import type { Inputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useWorklistText } from './texts.ts';
import type { Lease } from './use-lease.ts';
import type { Kase } from './use-open-case.ts';
import type { WorklistSearch } from './worklist-search.ts';

/** States that may go back to the sender, as the contract's table of transitions has them. */
const returnable: readonly Kase['state'][] = ['waiting', 'ready', 'reading', 'submitted', 'rejected'];

/** Of a report that was signed only a correction is owed: its request is answered, and does not go back any more. */
const isAnswered = ({ events }: Kase) => events.some(({ kind }) => kind === 'approved');

/** Sends a case back to whoever asked, with a reason: one's own, or one that nobody holds. */
export function useReturn(kase: Kase, lease: Lease, search: WorklistSearch, save: () => Promise<unknown>) {
  const t = useWorklistText();
  const may = useMay();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const act = useAct('worklist', 'returnCase');
  const run = async (kind: Inputs['worklist']['returnCase']['kind'], reason: string) => {
    await save();
    const token = lease.hold ? { leaseToken: lease.hold.token } : {};
    await lease.endHold(() => act.mutateAsync({ id: kase.id, kind, reason, ...token }));
    setOpen(false);
    void message.success(t('returned', { name: kase.requestingFacility }));
    void navigate({ to: '/worklist', search });
  };
  return {
    ask: () => setOpen(true),
    isPossible:
      may('case:return') &&
      returnable.includes(kase.state) &&
      !isAnswered(kase) &&
      (lease.hold !== null || kase.holder === null),
    dialog: {
      isOpen,
      isBusy: act.isPending,
      error: act.error,
      // A refusal is told by the dialog, which stays open with what was typed.
      onReturn: (kind: Inputs['worklist']['returnCase']['kind'], reason: string) =>
        void run(kind, reason).catch(() => undefined),
      onClose: () => setOpen(false),
    },
  };
}
