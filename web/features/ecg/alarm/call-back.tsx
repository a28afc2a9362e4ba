import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useListComma } from '../../../api/texts.ts';
import { Failure } from '../../../ui/failure.tsx';
import { useEcgText } from '../texts.ts';

const templates = ['say-transfer', 'say-again', 'say-phone', 'say-room'] as const;

interface CallBackProps {
  row: EcgAlarmRow;
  isFocused: boolean;
  onDone: () => void;
}

/** What the sender is told: it stands on the sender's screen until it has been read back. Ctrl+Enter sends. */
export function CallBack({ row, isFocused, onDone }: CallBackProps) {
  const t = useEcgText();
  const comma = useListComma();
  const what = row.hits.map(({ zh }) => zh).join(comma);
  const [text, setText] = useState(() => row.toldText ?? t('say-first', { what }));
  const area = useRef<HTMLTextAreaElement>(null);
  const act = useAct('ecg', 'callBack', { onSuccess: onDone });
  useEffect(() => {
    const box = area.current;
    if (!isFocused || !box) return;
    box.focus();
    // What is typed goes on where the proposal ends.
    box.setSelectionRange(box.value.length, box.value.length);
  }, [isFocused]);
  const send = () => {
    if (text.trim() && !act.isPending) act.mutate({ id: row.id, revision: row.revision, text: text.trim() });
    else area.current?.focus();
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // The same keys sign the report that may be open below.
    event.nativeEvent.stopImmediatePropagation();
    send();
  };
  const add = (sentence: string) => {
    setText((now) => `${now.trimEnd()}${now.trim() ? '\n' : ''}${sentence}`.slice(0, 500));
    area.current?.focus();
  };
  return (
    <div className="ecg-call-back">
      <textarea
        ref={area}
        className="ecg-input"
        rows={2}
        maxLength={500}
        aria-label={t('tell')}
        value={text}
        onChange={(event) => setText(event.target.value.replace(/[^\P{Cc}\t\n]/gu, ''))}
        onKeyDown={pressed}
        data-testid="call-back"
      />
      <div className="row">
        {templates.map((key) => (
          <Button key={key} size="small" title={t(key)} onClick={() => add(t(key))}>
            {t(`${key}-short`)}
          </Button>
        ))}
        <span className="ecg-space" />
        <Button type="primary" size="small" loading={act.isPending} onClick={send} data-testid="send-call-back">
          {t('sendCallBack')} <kbd>Ctrl ↵</kbd>
        </Button>
      </div>
      {act.error && <Failure error={act.error} what={t('tell')} />}
    </div>
  );
}
