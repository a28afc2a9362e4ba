import { App, Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useColon } from '../../api/texts.ts';
import { Panel } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { shortTime } from '../../ui/time.ts';
import { usePatientsText } from './texts.ts';

type Merge = Outputs['patients']['read']['merges'][number];

/** What was merged into this patient, and the way back. */
export function PatientMerges({ merges }: { merges: Merge[] }) {
  const t = usePatientsText();
  const colon = useColon();
  const may = useMay();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<Merge>();
  const split = useAct('patients', 'split', {
    onSuccess: () => {
      setChosen(undefined);
      void message.success(t('splitDone'));
    },
  });
  return (
    <Panel title={t('merges')}>
      <div className="stack">
        {merges.map((merge) => (
          <div key={merge.id} className="spread" data-testid="merge">
            <span>
              {t('merged', { name: merge.mergedName, at: shortTime(merge.mergedAt) })}
              <span className="muted">
                {colon}
                {merge.reason}
              </span>
            </span>
            {merge.splitAt ? (
              <span className="muted">{t('splitAt', { at: shortTime(merge.splitAt) })}</span>
            ) : (
              may('patient:merge') && (
                <Button size="small" onClick={() => setChosen(merge)}>
                  {t('split')}
                </Button>
              )
            )}
          </div>
        ))}
      </div>
      <ReasonDialog
        isOpen={chosen !== undefined}
        title={t('split')}
        note={t('splitNote')}
        act={t('split')}
        isBusy={split.isPending}
        error={split.error}
        onAct={(reason) => chosen && split.mutate({ id: chosen.id, reason })}
        onClose={() => setChosen(undefined)}
      />
    </Panel>
  );
}
