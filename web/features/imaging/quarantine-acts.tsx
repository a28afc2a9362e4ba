import { App, Button, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useImagingText } from './texts.ts';

type Item = Outputs['imaging']['quarantine']['rows'][number];
type Act = 'accept' | 'reject' | 'acknowledge' | 'retry';

/** What can be answered to each kind of question, the usual answer first. */
const actsOf = (kind: Item['kind']): Act[] => {
  if (kind === 'demographics') return ['accept', 'reject'];
  return kind === 'unreadable' ? ['acknowledge', 'retry'] : ['acknowledge'];
};
/** As the hub understands it: what nobody can refuse is acknowledged by either decision. */
const decisionOf = { accept: 'accept', reject: 'reject', acknowledge: 'reject', retry: 'accept' } as const;

/** The answers to a question, each with its reason and with what it will do. */
export function QuarantineActs({ item }: { item: Item }) {
  const t = useImagingText();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Act>();
  const decide = useAct('imaging', 'decideQuarantine', {
    onSuccess: () => {
      setAsked(undefined);
      void message.success(t('decided'));
    },
  });
  // One answer for all of them is worth a word before it is given.
  const isSilent = asked === 'acknowledge' && item.imageCount <= 1;
  return (
    <>
      <Space wrap>
        {actsOf(item.kind).map((act, place) => (
          <Button
            key={act}
            type={place === 0 ? 'primary' : 'default'}
            danger={act === 'reject'}
            onClick={() => setAsked(act)}
            data-testid={`${act}-quarantine`}
          >
            {t(act)}
          </Button>
        ))}
      </Space>
      {asked && (
        <ReasonDialog
          isOpen
          title={t(asked)}
          note={isSilent ? undefined : t(`${asked}-note`, { n: item.imageCount })}
          act={t(asked)}
          isDangerous={asked === 'reject'}
          isBusy={decide.isPending}
          error={decide.error}
          onAct={(reason) => decide.mutate({ id: item.id, decision: decisionOf[asked], reason })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
