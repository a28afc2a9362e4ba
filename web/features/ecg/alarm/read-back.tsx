import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useSession } from '../../../api/session.ts';
import { Failure } from '../../../ui/failure.tsx';
import { useEcgText } from '../texts.ts';

/** The sender repeats in own words what was said, and names the doctor who treats the patient and knows it. */
export function ReadBack({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  const { displayName } = useSession();
  const [text, setText] = useState('');
  const [doctor, setDoctor] = useState(displayName);
  const [isAsked, setAsked] = useState(false);
  const act = useAct('ecg', 'readBack');
  const send = () => {
    setAsked(true);
    if (!text.trim() || !doctor.trim() || act.isPending) return;
    act.mutate({ id: row.id, revision: row.revision, text: text.trim(), doctor: doctor.trim() });
  };
  const line = (value: string) => value.replace(/\p{Cc}/gu, '');
  return (
    <div className="ecg-read-back">
      <div className="ecg-read-back-text">
        <span>{t('readBack')}</span>
        <Input
          aria-label={t('readBack')}
          maxLength={500}
          status={isAsked && !text.trim() ? 'error' : ''}
          placeholder={t('readBackHint')}
          value={text}
          onChange={(event) => setText(line(event.target.value))}
          onPressEnter={(event) => !event.nativeEvent.isComposing && send()}
          data-testid="read-back"
        />
      </div>
      <div>
        <span>{t('doctor')}</span>
        <Input
          aria-label={t('doctor')}
          maxLength={60}
          status={isAsked && !doctor.trim() ? 'error' : ''}
          value={doctor}
          onChange={(event) => setDoctor(line(event.target.value))}
          onPressEnter={(event) => !event.nativeEvent.isComposing && send()}
          data-testid="read-back-doctor"
        />
      </div>
      <Button type="primary" loading={act.isPending} onClick={send} data-testid="send-read-back">
        {t('sendReadBack')}
      </Button>
      {isAsked && !text.trim() && <span className="field-error">{t('readBackNeeded')}</span>}
      {act.error && <Failure error={act.error} what={t('readBack')} />}
    </div>
  );
}
