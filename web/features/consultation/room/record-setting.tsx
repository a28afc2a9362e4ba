import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { useRoomText } from './texts.ts';
import { useSay } from './use-say.ts';

/** Recording begins only once somebody says that everyone has agreed, and how. */
export function RecordSetting({ room }: { room: RoomClient }) {
  const t = useRoomText();
  const say = useSay();
  const isOn = useRoom(room, (state) => state.isRecording);
  const [isAgreed, setAgreed] = useState(false);
  const [note, setNote] = useState('');
  const set = (next: boolean) => void say(room.ask('record', { isOn: next, consentNote: next ? note.trim() : '' }));
  return (
    <>
      <h2 className="consult-sub">{t('record')}</h2>
      {isOn ? (
        <Button danger onClick={() => set(false)} data-testid="stop-recording">
          {t('recordStop')}
        </Button>
      ) : (
        <div className="stack">
          <Checkbox checked={isAgreed} onChange={(event) => setAgreed(event.target.checked)}>
            {t('recordAgreed')}
          </Checkbox>
          <Input
            aria-label={t('recordNote')}
            placeholder={t('recordNote')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <div>
            <Button disabled={!isAgreed || !note.trim()} onClick={() => set(true)} data-testid="start-recording">
              {t('recordStart')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
