import { SoundOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useEcgText } from '../texts.ts';

const asked = 'lianzhen.alarm-sound-asked';

/** Asked once per session, kindly; while an alarm rings without being heard, it is said until it is heard. */
export function SoundAsk({ isRinging, onAllow }: { isRinging: boolean; onAllow: () => void }) {
  const t = useEcgText();
  const [isDone, setDone] = useState(() => window.sessionStorage.getItem(asked) !== null);
  if (isDone && !isRinging) return null;
  const done = () => {
    window.sessionStorage.setItem(asked, '1');
    setDone(true);
  };
  return (
    <div className={isRinging ? 'ecg-sound ecg-sound-blocked' : 'ecg-sound'} data-testid="sound-ask">
      <SoundOutlined /> <span>{t(isRinging ? 'soundBlocked' : 'soundAsk')}</span>
      <Button
        size="small"
        type={isRinging ? 'primary' : 'default'}
        onClick={() => {
          onAllow();
          done();
        }}
      >
        {t('soundAllow')}
      </Button>
      {!isRinging && (
        <Button size="small" type="text" onClick={done}>
          {t('soundNo')}
        </Button>
      )}
    </div>
  );
}
