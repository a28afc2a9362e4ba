import { Link } from '@tanstack/react-router';
import { App, Button, Radio, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { nameOf } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { PersonLine } from './person-line.tsx';
import { type PatientsKey, usePatientsText } from './texts.ts';
import './patients.css';

type Pair = Outputs['patients']['duplicates'][number];
const tones: Record<Pair['evidence'][number]['verdict'], Tone> = { same: 'good', similar: 'warn', different: 'bad' };
const own = ['name', 'birthDate', 'sex', 'phone', 'address'];

/** Both registrations side by side, what was compared, and the two decisions. */
export function DuplicatePair({ pair }: { pair: Pair }) {
  const t = usePatientsText();
  const language = useLanguage();
  const may = useMay();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<'merge' | 'dismiss'>();
  const [survivorId, setSurvivorId] = useState(pair.first.id);
  const done = (text: string) => {
    setAsked(undefined);
    void message.success(text);
  };
  const merge = useAct('patients', 'merge', { onSuccess: () => done(t('mergeDone')) });
  const dismiss = useAct('patients', 'dismissDuplicate', { onSuccess: () => done(t('dismissDone')) });
  const label = (field: string) =>
    own.includes(field) ? t(field as PatientsKey) : nameOf('identifier', field, language);
  const shown = (field: string, value: string) => (field === 'sex' ? nameOf('sex', value, language) : value);
  const survivor = [pair.first, pair.second].find((patient) => patient.id === survivorId);
  return (
    <Panel
      title={
        <>
          {pair.first.name} <span className="muted">/</span> {pair.second.name}
        </>
      }
      extra={<span className="muted">{t('score', { score: pair.score })}</span>}
    >
      <table className="evidence" data-testid="duplicate">
        <thead>
          <tr>
            <th>{t('field')}</th>
            {(['first', 'second'] as const).map((side) => (
              <th key={side}>
                {t(side)}{' '}
                <Link to="/patients/$patientId" params={{ patientId: pair[side].id }}>
                  {t('openPatient')}
                </Link>
              </th>
            ))}
            <th>{t('verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {pair.evidence.map(({ field, first, second, verdict }) => (
            <tr key={`${field}-${first}-${second}`}>
              <th>{label(field)}</th>
              <td>{shown(field, first)}</td>
              <td>{shown(field, second)}</td>
              <td>
                <ToneTag tone={tones[verdict]}>{t(verdict)}</ToneTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
      <ReasonDialog
        isOpen={asked === 'merge'}
        title={t('mergeTitle')}
        act={t('merge')}
        note={
          <>
            <span>{t('survivor')}</span>
            <Radio.Group
              className="stack"
              value={survivorId}
              onChange={(event) => setSurvivorId(event.target.value as string)}
              options={[pair.first, pair.second].map((patient) => ({
                value: patient.id,
                label: <PersonLine person={patient} />,
              }))}
            />
            <span className="muted">{t('mergeNote', { keep: survivor?.name ?? '' })}</span>
          </>
        }
        isBusy={merge.isPending}
        error={merge.error}
        onAct={(reason) => merge.mutate({ id: pair.id, survivorId, reason })}
        onClose={() => setAsked(undefined)}
      />
      <ReasonDialog
        isOpen={asked === 'dismiss'}
        title={t('dismiss')}
        note={t('dismissNote')}
        act={t('dismiss')}
        isBusy={dismiss.isPending}
        error={dismiss.error}
        onAct={(reason) => dismiss.mutate({ id: pair.id, reason })}
        onClose={() => setAsked(undefined)}
      />
    </Panel>
  );
}
