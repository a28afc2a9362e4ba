import { App, Button, Radio, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { EvidenceTable } from './evidence-table.tsx';
import { PersonLine } from './person-line.tsx';
import { usePatientsText } from './texts.ts';

type Pair = Outputs['patients']['duplicates'][number];

/** Both registrations side by side, what was compared, and the two decisions. */
export function DuplicatePair({ pair }: { pair: Pair }) {
  const t = usePatientsText();
  const may = useMay();
  const [asked, setAsked] = useState<'merge' | 'dismiss'>();
  const close = () => setAsked(undefined);
  return (
    <Panel
      title={
        <>
          {pair.first.name} <span className="muted">/</span> {pair.second.name}
        </>
      }
      extra={<span className="muted">{t('score', { score: pair.score })}</span>}
    >
      <EvidenceTable pair={pair} />
      {may('patient:merge') ? (
        <Space className="form-end">
          <Button type="primary" onClick={() => setAsked('merge')}>
            {t('merge')}
          </Button>
          <Button onClick={() => setAsked('dismiss')}>{t('dismiss')}</Button>
        </Space>
      ) : (
        <p className="muted">{t('mergeNotAllowed')}</p>
      )}
      <MergeDialog pair={pair} isOpen={asked === 'merge'} onClose={close} />
      <DismissDialog pair={pair} isOpen={asked === 'dismiss'} onClose={close} />
    </Panel>
  );
}

interface DecisionProps {
  pair: Pair;
  isOpen: boolean;
  onClose: () => void;
}

function MergeDialog({ pair, isOpen, onClose }: DecisionProps) {
  const t = usePatientsText();
  const { message } = App.useApp();
  const [survivorId, setSurvivorId] = useState(pair.first.id);
  const merge = useAct('patients', 'merge', {
    onSuccess: () => {
      onClose();
      void message.success(t('mergeDone'));
    },
  });
  const survivor = pair.second.id === survivorId ? pair.second : pair.first;
  return (
    <ReasonDialog
      isOpen={isOpen}
      title={t('mergeTitle')}
      act={t('merge')}
      note={
        <>
          <span>{t('survivor')}</span>
          <Radio.Group
            className="stack"
            value={survivorId}
            onChange={(event) => setSurvivorId(event.target.value as string)}
            options={(['first', 'second'] as const).map((side) => ({
              value: pair[side].id,
              label: <Registration side={side} patient={pair[side]} />,
            }))}
          />
          <span className="muted">{t('mergeNote', { keep: survivor.name })}</span>
        </>
      }
      isBusy={merge.isPending}
      error={merge.error}
      onAct={(reason) => merge.mutate({ id: pair.id, survivorId, reason })}
      onClose={onClose}
    />
  );
}

/** Doubles mostly agree in name, sex and birth date: the column of the evidence and the numbers tell them apart. */
function Registration({ side, patient }: { side: 'first' | 'second'; patient: Pair['first'] }) {
  const t = usePatientsText();
  const names = useNames();
  const numbers = patient.identifiers.map(({ type, value }) => `${names('identifier', type)} ${value}`);
  return (
    <>
      <span className="muted">{t(side)}</span> <PersonLine person={patient} />{' '}
      <span className="muted num">{[...numbers, patient.villageName].filter(Boolean).join(' · ')}</span>
    </>
  );
}

function DismissDialog({ pair, isOpen, onClose }: DecisionProps) {
  const t = usePatientsText();
  const { message } = App.useApp();
  const dismiss = useAct('patients', 'dismissDuplicate', {
    onSuccess: () => {
      onClose();
      void message.success(t('dismissDone'));
    },
  });
  return (
    <ReasonDialog
      isOpen={isOpen}
      title={t('dismiss')}
      note={t('dismissNote')}
      act={t('dismiss')}
      isBusy={dismiss.isPending}
      error={dismiss.error}
      onAct={(reason) => dismiss.mutate({ id: pair.id, reason })}
      onClose={onClose}
    />
  );
}
