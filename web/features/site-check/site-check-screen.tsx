import { PrinterOutlined } from '@ant-design/icons';
import type { SiteCheckView } from '@lianzhen/contracts/site-check.ts';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { EarlierChecks } from './earlier-checks.tsx';
import { SiteSheet } from './site-sheet.tsx';
import { StepPanel } from './step-panel.tsx';
import { useSiteCheckText } from './texts.ts';
import { useSiteCheck } from './use-site-check.ts';
import './site-check.css';

/** What a clinic runs before its first consultation. */
export function SiteCheckScreen() {
  const t = useSiteCheckText();
  const { message } = App.useApp();
  const seats = seatsFor(useSession(), 'site-check:run');
  const [facilityId, setFacilityId] = useState(seats[0]?.facilityId ?? '');
  const [place, setPlace] = useState('');
  const [shown, setShown] = useState<SiteCheckView>();
  const { run, screen, start, say } = useSiteCheck();
  const save = useAct('siteCheck', 'save', {
    onSuccess: (check) => {
      setShown(check);
      void message.success(t('saved'));
    },
  });
  const begin = () => {
    setShown(undefined);
    save.reset();
    void start();
  };
  const facilityName = seats.find((seat) => seat.facilityId === facilityId)?.name ?? '';
  const isRunning = run.step !== undefined;
  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={
        <Button icon={<PrinterOutlined />} onClick={() => window.print()} disabled={isRunning}>
          {t('print')}
        </Button>
      }
    >
      <div className="bar site-bar">
        {seats.length > 1 && (
          <Select
            aria-label={t('facility')}
            value={facilityId}
            onChange={setFacilityId}
            options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
          />
        )}
        <Input
          className="site-place"
          aria-label={t('place')}
          placeholder={t('place')}
          maxLength={60}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
        <Button type="primary" onClick={begin} loading={isRunning} data-testid="start-site-check">
          {t(run.isDone ? 'again' : 'start')}
        </Button>
        {run.isDone && !shown && (
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => save.mutate({ facilityId, place, measured: run.measured })}
            data-testid="save-site-check"
          >
            {t('save')}
          </Button>
        )}
      </div>
      {run.error && <Failure error={run.error} />}
      {save.error && <Failure error={save.error} />}
      <StepPanel run={run} screen={screen} onAnswer={say} />
      <SiteSheet
        measured={shown?.measured ?? run.measured}
        facilityName={shown?.facility.name ?? facilityName}
        place={shown?.place ?? place}
        saved={shown}
        isWhole={run.isDone || shown !== undefined}
        step={run.step}
      />
      <EarlierChecks onShow={setShown} />
    </Page>
  );
}
