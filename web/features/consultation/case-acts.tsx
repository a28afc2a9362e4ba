import type { ConsultationAct } from '@lianzhen/contracts/consultation-states.ts';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import type { Consultation } from './consultation.ts';
import { useConsultationText } from './texts.ts';

type EndAct = Extract<ConsultationAct, 'cancel' | 'terminate' | 'explain'>;
const ends: readonly EndAct[] = ['cancel', 'terminate', 'explain'];

/** What ends a consultation before its time, behind one button: it needs a reason and is rare. */
export function CaseActs({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const [asked, setAsked] = useState<EndAct>();
  const close = () => setAsked(undefined);
  const options = { onSuccess: close };
  const acts = {
    cancel: useAct('consultation', 'cancel', options),
    terminate: useAct('consultation', 'terminate', options),
    explain: useAct('consultation', 'explain', options),
  };
  const possible = ends.filter((act) => kase.acts.includes(act));
  if (!possible.length) return null;
  const act = asked && acts[asked];
  return (
    <>
      {possible.length === 1 && possible[0] ? (
        <Button danger={possible[0] !== 'explain'} onClick={() => setAsked(possible[0])} data-testid={possible[0]}>
          {t(possible[0])}
        </Button>
      ) : (
        <Dropdown
          trigger={['click']}
          menu={{ items: possible.map((key) => ({ key, label: t(key), onClick: () => setAsked(key) })) }}
        >
          <Button>…</Button>
        </Dropdown>
      )}
      {asked && (
        <ReasonDialog
          isOpen
          title={t(asked)}
          note={t(`${asked}Note`)}
          act={t(asked)}
          isDangerous={asked !== 'explain'}
          isBusy={act?.isPending ?? false}
          error={act?.error}
          onAct={(reason) => {
            if (asked === 'explain') acts.explain.mutate({ id: kase.id, reason });
            else acts[asked].mutate({ id: kase.id, revision: kase.revision, reason });
          }}
          onClose={close}
        />
      )}
    </>
  );
}
