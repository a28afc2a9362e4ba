import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import type { Report } from './panel-props.ts';
import { useReportingText } from './texts.ts';

/** Opens a correction of a signed report, with its reason. The case is one's own from then on. */
export function Amend({ view }: { view: Report }) {
  const t = useReportingText();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const act = useAct('reporting', 'amend', { onSuccess: () => setOpen(false) });
  if (!may('report:write')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="amend-report">
        {t('amend')}
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        title={t('amendTitle')}
        note={t('amendDialogNote')}
        act={t('amend')}
        isBusy={act.isPending}
        error={act.error}
        onAct={(reason) => act.mutate({ id: view.id, revision: view.revision, reason })}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
