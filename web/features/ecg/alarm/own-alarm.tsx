import { AlertFilled, VideoCameraOutlined } from '@ant-design/icons';
import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useLanguage } from '../../../api/texts.ts';
import { shortTime } from '../../../ui/time.ts';
import { useNow } from '../../../ui/use-now.ts';
import { clockText } from '../green-channel/steps.ts';
import { useEcgText } from '../texts.ts';
import { Hops } from './hops.tsx';
import { ReadBack } from './read-back.tsx';

/** At the sender's: that the alarm is out and who has it, what the reader says, large, and the words back. */
export function OwnAlarm({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  const language = useLanguage();
  const now = useNow(1000);
  const navigate = useNavigate();
  const [folded, setFolded] = useState<boolean>();
  const { consultationId, state } = row;
  const isTold = state === 'told';
  // Once it was read back, the page is for work again.
  const isFolded = folded ?? state === 'confirmed';
  const join = () =>
    consultationId && void navigate({ to: '/consultations/$consultationId/room', params: { consultationId } });
  useJoinKey(consultationId !== null, join);
  return (
    <section
      className={isTold ? 'ecg-own ecg-own-told' : 'ecg-own'}
      data-testid="own-alarm"
      data-alarm-id={row.id}
      data-state={state}
    >
      <div className="ecg-alarm-line">
        <AlertFilled />
        <b className="ecg-alarm-what">{row.hits.map((hit) => hit[language]).join('、')}</b>
        <span>{row.patientName}</span>
        <span className="num">{t('since', { span: clockText(now.getTime() - Date.parse(row.raisedAt)) })}</span>
        <span className="ecg-alarm-state">
          {t(`own-${state}`, { name: row.acknowledgedByName ?? '', centre: row.centreName })}
        </span>
        <span className="ecg-space" />
        {consultationId && (
          <Button type="primary" icon={<VideoCameraOutlined />} onClick={join} data-testid="alarm-room">
            {t('joinRoom')} <kbd>F8</kbd>
          </Button>
        )}
        <Button
          size="small"
          onClick={() => void navigate({ to: '/ecg/$traceId', params: { traceId: row.traceId } })}
          data-testid="own-open"
        >
          {t('openTrace')}
        </Button>
        {state !== 'told' && (
          <Button size="small" type="text" onClick={() => setFolded(!isFolded)} aria-expanded={!isFolded}>
            {t(isFolded ? 'unfold' : 'fold')}
          </Button>
        )}
      </div>
      {(!isFolded || isTold) && (
        <>
          {state === 'raised' && <p className="ecg-own-note">{t('ownRaisedNote')}</p>}
          <Hops row={row} now={now} />
          {row.toldText && (
            <blockquote className="ecg-told" data-testid="told-text">
              <p className="keep-lines" role={isTold ? 'alert' : undefined}>
                {row.toldText}
              </p>
              <footer>
                {row.acknowledgedByName} · {row.toldAt && shortTime(row.toldAt, now)}
              </footer>
            </blockquote>
          )}
          {isTold && <ReadBack row={row} />}
          {row.confirmedText && (
            <p className="ecg-alarm-said">
              {t('readBackDone')} <q>{row.confirmedText}</q>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function useJoinKey(isPossible: boolean, join: () => void): void {
  useEffect(() => {
    if (!isPossible) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.code !== 'F8' || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      join();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
