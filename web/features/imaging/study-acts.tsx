import { App, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { AttachDialog } from './attach-dialog.tsx';
import type { Study } from './study.ts';
import { useImagingText } from './texts.ts';

/** What a person may do with one study: attach it to an order by hand, or take that back. */
export function StudyActs({ study }: { study: Study }) {
  const t = useImagingText();
  const may = useMay();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<'attach' | 'detach'>();
  const detach = useAct('imaging', 'detachStudy', {
    onSuccess: () => {
      setAsked(undefined);
      void message.success(t('detached'));
    },
  });
  if (!may('study:attach')) return null;
  if (study.state === 'unmatched') {
    return (
      <>
        <Button size="small" type="primary" onClick={() => setAsked('attach')} data-testid="attach-study">
          {t('attach')}
        </Button>
        {asked === 'attach' && <AttachDialog study={study} onClose={() => setAsked(undefined)} />}
      </>
    );
  }
  // Once asked, the dialog stays to say what was answered, whatever became of the study meanwhile.
  if (!study.canDetach && asked !== 'detach') return null;
  return (
    <>
      <Button size="small" onClick={() => setAsked('detach')}>
        {t('detach')}
      </Button>
      <ReasonDialog
        isOpen={asked === 'detach'}
        title={t('detach-title')}
        note={t('detach-note')}
        act={t('detach')}
        isDangerous
        isBusy={detach.isPending}
        error={detach.error}
        onAct={(reason) => detach.mutate({ id: study.id, reason })}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}
