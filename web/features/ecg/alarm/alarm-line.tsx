import { BellFilled } from '@ant-design/icons';
import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useSession } from '../../../api/session.ts';
import { useLanguage, useListComma } from '../../../api/texts.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { shortTime } from '../../../ui/time.ts';
import { useNow } from '../../../ui/use-now.ts';
import { clockText } from '../green-channel/steps.ts';
import { RuleSource } from '../rules/rule-source.tsx';
import { useEcgText } from '../texts.ts';
import { CallBack } from './call-back.tsx';
import { Hops } from './hops.tsx';
import { ReaderRoom } from './reader-room.tsx';
import { isRoomAsked } from './room-asked.ts';

interface AlarmLineProps {
  row: EcgAlarmRow;
  /** The one that the key takes. */
  isFirst: boolean;
  isBusy: boolean;
  onAnswer: () => void;
  onOpen: () => void;
}

/** An alarm at the reader's: take it, open it, tell the sender, see that it was heard, end it. */
export function AlarmLine({ row, isFirst, isBusy, onAnswer, onOpen }: AlarmLineProps) {
  const t = useEcgText();
  const language = useLanguage();
  const comma = useListComma();
  const now = useNow(1000);
  const { displayName } = useSession();
  const isMine = row.acknowledgedByName === displayName;
  const [isTelling, setTelling] = useState<boolean>();
  // Who has taken it is asked for words at once, and asked again only when they want to say more.
  const isOpen = isTelling ?? (isMine && row.state === 'acknowledged');
  const isLoud = row.isCalled;
  return (
    <section
      className={isLoud ? 'ecg-alarm ecg-alarm-called' : 'ecg-alarm'}
      data-testid="alarm"
      data-alarm-id={row.id}
      data-state={row.state}
    >
      <div className="ecg-alarm-line">
        <BellFilled />
        <b className="ecg-alarm-what" role={isLoud ? 'alert' : undefined}>
          {row.hits.map((hit) => hit[language]).join(comma)}
        </b>
        <span>{row.patientName}</span>
        <span>{row.facilityName}</span>
        <span className="num">{t('since', { span: clockText(now.getTime() - Date.parse(row.raisedAt)) })}</span>
        <AlarmState row={row} />
        <Called row={row} />
        <RuleSource rules={row.rules} />
        <span className="ecg-space" />
        {isLoud ? (
          <Button type="primary" danger loading={isBusy} onClick={onAnswer} data-testid="alarm-acknowledge">
            {t('answerAlarm')} {isFirst && <kbd>F9</kbd>}
          </Button>
        ) : (
          <>
            <ReaderRoom row={row} now={now} />
            <Button size="small" onClick={onOpen} data-testid="alarm-open">
              {t('openTrace')}
            </Button>
            {(row.state === 'acknowledged' || row.state === 'told') && (
              <Button size="small" onClick={() => setTelling(!isOpen)} aria-expanded={isOpen} data-testid="alarm-tell">
                {t(row.state === 'told' ? 'tellMore' : 'tell')}
              </Button>
            )}
          </>
        )}
        <EndAlarm row={row} />
      </div>
      {isLoud && <Hops row={row} now={now} />}
      {row.confirmedText && (
        <p className="ecg-alarm-said">
          {t('readBackBy', { name: row.confirmedByName ?? '' })} <q>{row.confirmedText}</q>
        </p>
      )}
      {isOpen && <CallBack row={row} isFocused={isMine} onDone={() => setTelling(false)} />}
    </section>
  );
}

/** The roster calls this very person; the sender calls for a room while nobody has answered yet. */
function Called({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  if (!row.isCalled) return null;
  return (
    <>
      {row.isNamed && (
        <b className="ecg-named" data-testid="named">
          {t(row.hops.length === 1 ? 'namedYou' : 'calledYou')}
        </b>
      )}
      {isRoomAsked(row) && row.roomAskedAt !== null && (
        <b className="ecg-named">
          {t('roomAskedBy', { name: row.roomAskedByName ?? '', at: shortTime(row.roomAskedAt) })}
        </b>
      )}
    </>
  );
}

/** How far it is, in words: who has it, whether the sender has heard. */
function AlarmState({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  if (row.state === 'raised') return null;
  return <span className="ecg-alarm-state">{t(`alarm-${row.state}`, { name: row.acknowledgedByName ?? '' })}</span>;
}

/** Done once it was read back; before that only as one that was none, with the reason. */
function EndAlarm({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  const [isAsked, setAsked] = useState(false);
  const close = useAct('ecg', 'closeAlarm', { onSuccess: () => setAsked(false) });
  const { id, revision } = row;
  if (row.state === 'confirmed')
    return (
      <Button
        size="small"
        loading={close.isPending}
        onClick={() => close.mutate({ id, revision, isFalse: false })}
        data-testid="alarm-close"
      >
        {t('closeAlarm')}
      </Button>
    );
  return (
    <>
      <Button size="small" type="text" onClick={() => setAsked(true)} data-testid="alarm-dismiss">
        {t('falseAlarm')}
      </Button>
      <ReasonDialog
        isOpen={isAsked}
        title={t('falseAlarm')}
        note={t('falseAlarmNote')}
        act={t('falseAlarm')}
        isDangerous
        isBusy={close.isPending}
        error={close.error}
        onAct={(note) => close.mutate({ id, revision, isFalse: true, note: note.slice(0, 500) })}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
