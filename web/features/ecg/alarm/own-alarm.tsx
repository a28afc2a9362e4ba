import { AlertFilled } from '@ant-design/icons';
import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useLanguage, useListComma } from '../../../api/texts.ts';
import { shortTime } from '../../../ui/time.ts';
import { useNow } from '../../../ui/use-now.ts';
import { clockText } from '../green-channel/steps.ts';
import { useEcgText } from '../texts.ts';
import { Dismissed } from './dismissed.tsx';
import { Hops } from './hops.tsx';
import { ReadBack } from './read-back.tsx';
import { RoomNote, SenderRoom } from './sender-room.tsx';

/** At the sender's: that the alarm is out and who has it, what the reader says, large, and the words back; or why it was none. */
export function OwnAlarm({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  const language = useLanguage();
  const comma = useListComma();
  const now = useNow(1000);
  const navigate = useNavigate();
  const [folded, setFolded] = useState<boolean>();
  const { state } = row;
  const isTold = state === 'told';
  const isDismissed = state === 'dismissed';
  // Once it was read back, the page is for work again.
  const isFolded = folded ?? state === 'confirmed';
  return (
    <section
      className={isTold ? 'ecg-own ecg-own-told' : isDismissed ? 'ecg-own ecg-own-calm' : 'ecg-own'}
      data-testid="own-alarm"
      data-alarm-id={row.id}
      data-state={state}
    >
      <div className="ecg-alarm-line">
        <AlertFilled />
        <b className="ecg-alarm-what">{row.hits.map((hit) => hit[language]).join(comma)}</b>
        <span>{row.patientName}</span>
        {!isDismissed && (
          <span className="num">{t('since', { span: clockText(now.getTime() - Date.parse(row.raisedAt)) })}</span>
        )}
        <span className="ecg-alarm-state">
          {t(`own-${state}`, {
            name: (isDismissed ? row.closedByName : row.acknowledgedByName) ?? '',
            centre: row.centreName,
          })}
        </span>
        <span className="ecg-space" />
        {!isDismissed && <SenderRoom row={row} />}
        <Button
          size="small"
          onClick={() => void navigate({ to: '/ecg/$traceId', params: { traceId: row.traceId } })}
          data-testid="own-open"
        >
          {t('openTrace')}
        </Button>
        {!isTold && !isDismissed && (
          <Button size="small" type="text" onClick={() => setFolded(!isFolded)} aria-expanded={!isFolded}>
            {t(isFolded ? 'unfold' : 'fold')}
          </Button>
        )}
      </div>
      {!isDismissed && <RoomNote row={row} now={now} />}
      {isDismissed && <Dismissed row={row} now={now} />}
      {!isDismissed && (!isFolded || isTold) && (
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
