import type { GreenChannelTimes } from '@lianzhen/contracts/ecg-alarms.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Panel } from '../../../ui/page.tsx';
import { fullTime } from '../../../ui/time.ts';
import { useEcgText } from '../texts.ts';
import { dayTime } from '../trace-time.ts';
import { ContactForm } from './contact-form.tsx';
import { clockText, type GreenStep, greenSteps } from './steps.ts';

/** Opening and signing a case are no events of its traces: their times are looked for now and then. */
const lookAgainMs = 20_000;

/** The chest-pain green channel of one request: every time and how long each step took. */
export function TimesPanel({ orderId }: { orderId: string }) {
  const t = useEcgText();
  const times = useQuery({ ...ask('ecg', 'times', { orderId }), refetchInterval: lookAgainMs });
  return (
    <Panel title={t('greenChannel')} className="ecg-times">
      <Loaded query={times} rows={4}>
        {(data) => <Times times={data} />}
      </Loaded>
    </Panel>
  );
}

function Times({ times }: { times: GreenChannelTimes }) {
  const t = useEcgText();
  const may = useMay();
  const [isEdited, setEdited] = useState(false);
  return (
    <div data-testid="green-channel">
      <table className="ecg-step-table">
        <thead>
          <tr>
            <th>{t('step')}</th>
            <th>{t('time')}</th>
            <th>{t('sinceLast')}</th>
            <th>{t('sinceContact')}</th>
          </tr>
        </thead>
        <tbody>
          {greenSteps(times).map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </tbody>
      </table>
      {may('order:supplement') &&
        (isEdited ? (
          <ContactForm times={times} onDone={() => setEdited(false)} />
        ) : (
          <Button size="small" onClick={() => setEdited(true)} data-testid="edit-contact">
            {t('editContact')}
          </Button>
        ))}
    </div>
  );
}

/** Without the day where it is today's. */
const shownTime = (full: string): string =>
  full.startsWith(fullTime(new Date()).slice(0, 10)) ? full.slice(11) : full.slice(0, 16);

function Step({ step }: { step: GreenStep }) {
  const t = useEcgText();
  // The recorder's clock is told as it reads; all others are times of the hub.
  const shown = step.at && shownTime(step.name === 'recordedAt' ? dayTime(step.at) : fullTime(step.at));
  const span = (ms: number | null) => (ms === null ? '' : clockText(ms));
  return (
    <tr className={step.at ? undefined : 'muted'} data-step={step.name} data-at={step.at ?? ''}>
      <th scope="row">{t(`step-${step.name}`)}</th>
      <td className="num">{shown ?? '—'}</td>
      <td className="num">{span(step.sinceLastMs)}</td>
      <td className="num">{span(step.sinceContactMs)}</td>
    </tr>
  );
}
