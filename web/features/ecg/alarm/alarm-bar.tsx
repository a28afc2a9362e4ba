import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useEffect, useRef } from 'react';
import { useMay } from '../../../api/session.ts';
import { useEcgText } from '../texts.ts';
import { AlarmLine } from './alarm-line.tsx';
import { OwnAlarm } from './own-alarm.tsx';
import { SoundAsk } from './sound-ask.tsx';
import { useAlarmSound } from './use-alarm-sound.ts';
import { useAlarms } from './use-alarms.ts';
import { useAnswer } from './use-answer.ts';
import { useBarHeight } from './use-bar-height.ts';
import { useReadsEcg } from './use-reads-ecg.ts';
import { useTitleFlash } from './use-title-flash.ts';
import '../ecg.css';

/** On every page: alarms that one is called to, what one has answered, and what a reader says about one's own patient. */
export function AlarmBar() {
  const may = useMay();
  return may('alarm:read') ? <Bar /> : null;
}

function Bar() {
  const t = useEcgText();
  const readsEcg = useReadsEcg();
  const { rows, called, told, roomAsked } = useAlarms();
  const { answer, open, busyId } = useAnswer();
  const isRinging = called.length > 0 || told.length > 0;
  const sound = useAlarmSound(isRinging);
  const title =
    (called.length > 0 && t('titleCalled', { n: called.length })) ||
    (told.length > 0 && t('titleTold')) ||
    (roomAsked.length > 0 && t('titleRoom'));
  useTitleFlash(title || undefined);
  const bar = useBarHeight();
  const [first] = called;
  useFunctionKey('F9', () => first && answer(first));
  // Only who will be called is asked beforehand; what rings unheard is said to everybody.
  const isAsked = sound.isBlocked && (isRinging || readsEcg);
  return (
    <div
      ref={bar}
      className="ecg-alarms no-print"
      data-testid="alarm-bar"
      data-ringing={isRinging}
      data-sound={sound.isBlocked ? 'blocked' : 'on'}
    >
      {isAsked && <SoundAsk isRinging={isRinging} onAllow={sound.unlock} />}
      {rows.map((row: EcgAlarmRow) =>
        row.isOwn && !row.isCalled ? (
          <OwnAlarm key={row.id} row={row} />
        ) : (
          <AlarmLine
            key={row.id}
            row={row}
            isFirst={row === first}
            isBusy={busyId === row.id}
            onAnswer={() => answer(row)}
            onOpen={() => void open(row)}
          />
        ),
      )}
    </div>
  );
}

/** A function key, also while one types; never over a dialog. */
function useFunctionKey(code: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.code !== code || event.defaultPrevented || event.repeat || event.isComposing) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [code]);
}
