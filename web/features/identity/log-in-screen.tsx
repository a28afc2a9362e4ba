import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { Button } from 'antd';
import { useRef } from 'react';
import { type Language, speak, useLanguage } from '../../api/texts.ts';
import { LogInForm } from './log-in-form.tsx';
import { useIdentityText } from './texts.ts';

/** @param props.onEnter is told the language too where it was chosen here, which then outweighs the account's. */
export function LogInScreen({ onEnter }: { onEnter: (session: SessionView, chosen: Language | undefined) => void }) {
  const t = useIdentityText();
  const language = useLanguage();
  const chosen = useRef<Language | undefined>(undefined);
  const change = () => {
    chosen.current = language === 'zh' ? 'en' : 'zh';
    void speak(chosen.current);
  };
  return (
    <main className="log-in">
      <div className="log-in-brand">
        <b>{t('brand')}</b>
        <span>{t('tagline')}</span>
      </div>
      <div className="log-in-card">
        <LogInForm onEnter={(session) => onEnter(session, chosen.current)} />
      </div>
      <Button type="text" className="log-in-language" onClick={change} data-testid="language">
        {t('otherLanguage')}
      </Button>
    </main>
  );
}
